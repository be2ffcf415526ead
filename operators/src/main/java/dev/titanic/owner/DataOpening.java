package dev.titanic.owner;

import dev.titanic.column.ClientIdentity;
import dev.titanic.protocol.OwnerData;
import java.io.Serializable;

/** How an owner comes to its private data: on its own host, with its own credentials. */
@FunctionalInterface
public interface DataOpening extends Serializable {
  OwnerData open(ClientIdentity client);
}

package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;

/** Where a state machine hands its messages over. Returns at once; order per addressee is kept. */
@FunctionalInterface
public interface Outbox {
  void send(Address to, Message message);
}

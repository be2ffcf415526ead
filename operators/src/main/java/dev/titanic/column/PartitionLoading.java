package dev.titanic.column;

import dev.titanic.protocol.PartitionLoader;
import java.io.Serializable;

/** How a client's TaskManager comes to its partition loader. */
@FunctionalInterface
public interface PartitionLoading extends Serializable {
  PartitionLoader open();
}

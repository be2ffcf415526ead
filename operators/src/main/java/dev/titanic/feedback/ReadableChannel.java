package dev.titanic.feedback;

import dev.titanic.schemas.edge.Packet;
import java.util.function.Consumer;

/** The head's view of a channel. */
interface ReadableChannel extends AutoCloseable {

  /**
   * Gives everything that arrived before, and then every packet as it arrives, to the consumer, in
   * order. It is called by the tail's thread and must not block.
   */
  void register(Consumer<Packet> consumer);

  /** From now on a packet is an error. */
  void finished();

  /** Frees the channel; unless the head had finished, later packets are dropped silently. */
  @Override
  void close();
}

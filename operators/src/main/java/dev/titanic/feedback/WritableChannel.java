package dev.titanic.feedback;

import dev.titanic.schemas.edge.Packet;

/** The tail's view of a channel. Nothing here blocks. */
interface WritableChannel {

  /**
   * Hands a packet to the head: kept when the head has not registered yet, dropped when it was
   * closed by a failure or a cancellation.
   *
   * @throws IllegalStateException when the head has finished: a record after the end is a mistake
   */
  void put(Packet packet);

  /**
   * Gives the channel up when no head ever claimed it.
   *
   * @return number of packets that nobody will read
   */
  int abandon();
}

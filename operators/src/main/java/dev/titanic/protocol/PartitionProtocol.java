package dev.titanic.protocol;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Holding;
import dev.titanic.schemas.state.PartitionState;
import java.util.List;

/**
 * One cell of the placement matrix as a state machine: fed with messages, answers with messages.
 */
public sealed interface PartitionProtocol extends AutoCloseable
    permits OwnerProtocol, StageProtocol {

  /** Takes a restored state; it stays parked until the coordinator has it loaded or moved. */
  void restore(PartitionState state);

  /** What is held now, for the announcement. */
  List<Holding> held();

  /** Public key for the masks on what is given to sums, for the announcement; empty for none. */
  default String maskingKey() {
    return "";
  }

  void on(Address from, Message message);

  /** Whether {@link #proceed()} has something to do. */
  default boolean mayProceed() {
    return false;
  }

  /**
   * Does one more piece of work that no message asks for. Called between messages, so that a
   * gradient that waits is served first.
   */
  default void proceed() {}

  /** Micro-batches whose gradient is still to come. */
  int microBatchesInFlight();

  /**
   * Copies of all that is held, for a snapshot.
   *
   * @throws ProtocolException while a transaction is open here
   */
  List<PartitionState> snapshot();

  /** Frees all native memory. */
  @Override
  void close();
}

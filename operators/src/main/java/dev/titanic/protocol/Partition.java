package dev.titanic.protocol;

import dev.titanic.schemas.edge.SquaredNorms;
import dev.titanic.schemas.state.PartitionState;

/**
 * A piece of the model in the hands of its host: what the protocol asks of every partition.
 *
 * <p>Gradients accumulate over the micro-batches of a step, as sums over targets; nothing else
 * changes until {@link #commit}. Used by one thread.
 */
public interface Partition extends TrainedWeights, AutoCloseable {

  /** Squared norms of the accumulated gradients of this partition's layers, computed in fp64. */
  SquaredNorms squaredNorms();

  /**
   * Multiplies the accumulated gradients by the factor, applies one optimizer step, clears them.
   */
  void commit(double factor, double learningRate);

  /** Clears the accumulated gradients and every graph that is still alive. */
  void discard();

  /** Copies the trained state. */
  PartitionState state(long version);

  /**
   * The trained state where it lies, if that is possible: valid until the next {@link #commit} or
   * {@link #close}.
   */
  PartitionState view(long version);

  /** Frees all native memory. */
  @Override
  void close();
}

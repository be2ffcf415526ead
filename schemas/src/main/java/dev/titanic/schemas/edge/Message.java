package dev.titanic.schemas.edge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the coordinator, the owner and the stages say to each other.
 *
 * <p>A transaction runs {@link Begin} → {@link Activation}s down, {@link Gradient}s back → {@link
 * Prepared} → {@link Commit} or {@link Abort} → {@link Acknowledged} by every partition. Loads,
 * moves, aggregations, evaluations and exports are transactions of the same kind.
 *
 * <p>With several owners at once, each is {@link Ready} before any may {@link Start}, and what they
 * hold of the first partition is made one by {@link Aggregate} → {@link Contribution}s to the
 * aggregator, {@link Summed} back → {@link Aggregated}.
 *
 * <p>Messages print their kind and sizes, never content.
 */
public sealed interface Message {

  /**
   * Subtask to coordinator, in every {@code open()}: who I am and what I hold.
   *
   * @param client the client id of this subtask's TaskManager
   * @param process identity of that TaskManager process, so that a column torn over two is noticed
   * @param parallelism number of columns of the job
   * @param held versions of the partitions that this subtask has restored, its own row's first
   * @param maskingKey public key of an owner for the masks on what it gives to sums, for this
   *     attempt of the job; empty when there are no masks
   */
  record Announcement(
      String client, String process, int parallelism, List<Holding> held, String maskingKey)
      implements Message {
    public Announcement {
      held = List.copyOf(held);
    }
  }

  /**
   * A partition in a subtask's hands.
   *
   * @param partition 0 for the owner's, k for stage k
   * @param copyOf client whose copy of the first partition this is; empty when there is only one
   * @param version number of committed steps
   */
  record Holding(int partition, String copyOf, long version) {}

  /**
   * Coordinator to a partition's host: load the partition, from the state that is parked there or
   * from the model directory.
   *
   * @param copyOf which, as in {@link Holding}
   */
  record Load(Transaction transaction, String copyOf) implements Message {}

  /**
   * Coordinator to owner: start a step.
   *
   * @param step number of the step, from 0; the same after an abort
   * @param position where in its topic the owner reads
   * @param microBatches how many it takes at most
   */
  record Begin(Transaction transaction, long step, StreamPosition position, int microBatches)
      implements Message {}

  /**
   * One of several owners to coordinator: the data of the step is there.
   *
   * @param microBatches how many it has
   */
  record Ready(Transaction transaction, int microBatches) implements Message {}

  /**
   * Coordinator to one of several owners: all are ready.
   *
   * @param microBatches global indices of those that it has, ascending
   * @param total number of micro-batches of all owners
   */
  record Start(Transaction transaction, List<Integer> microBatches, int total) implements Message {
    public Start {
      microBatches = List.copyOf(microBatches);
    }
  }

  /**
   * Coordinator to owner: forward only, over a piece of the public evaluation text.
   *
   * @param firstSequence index of the first sequence
   * @param sequences how many
   */
  record Evaluate(Transaction transaction, int firstSequence, int sequences) implements Message {}

  /**
   * Output of one row, input of the next; the last stage's goes back to the owner as the final
   * hidden state.
   *
   * @param owner column of the owner whose micro-batch it is
   * @param microBatch global index in the step
   * @param microBatches number of micro-batches of the whole step
   * @param training false in an evaluation: no graph is kept and no gradient comes back
   */
  record Activation(
      Transaction transaction,
      int owner,
      int microBatch,
      int microBatches,
      boolean training,
      TensorData tensor)
      implements WithTensor {
    @Override
    public Activation withTensor(TensorData replacement) {
      return new Activation(transaction, owner, microBatch, microBatches, training, replacement);
    }
  }

  /**
   * Gradient of a row's output.
   *
   * @param owner column of the owner whose micro-batch it is
   * @param squaredNorms per layer of the model (embedding, blocks, head), filled by the rows behind
   *     the receiver; present with the last micro-batch of a step
   */
  record Gradient(
      Transaction transaction,
      int owner,
      int microBatch,
      int microBatches,
      TensorData tensor,
      @Nullable SquaredNorms squaredNorms)
      implements WithTensor {
    @Override
    public Gradient withTensor(TensorData replacement) {
      return new Gradient(transaction, owner, microBatch, microBatches, replacement, squaredNorms);
    }
  }

  /** How the owner votes at the end of the first phase. */
  enum Vote {
    COMMIT,
    /**
     * A loss or a gradient is NaN or infinite, or a gradient is too large for a sum under masks:
     * skip the batch.
     */
    NOT_FINITE,
    /** The topic does not hold a whole step yet: nothing was computed, ask again. */
    STARVED,
    /** The data of the turn is used up: nothing was computed, the turn is over. */
    EXHAUSTED
  }

  /**
   * Owner to coordinator: the first phase is over.
   *
   * @param lossSum cross entropy summed over all targets of the step
   * @param targets number of next-token targets
   * @param tokens number of input tokens, without padding
   * @param microBatches that this owner gave
   * @param next position behind the data of this step
   * @param squaredNorms of the gradients accumulated at this owner; none when nothing was computed
   * @param stageNorms of those accumulated at the stages, from the owner of the last micro-batch;
   *     none from others, and without stages
   * @param rejected records that were unusable and went to the topic of rejected ones
   */
  record Prepared(
      Transaction transaction,
      Vote vote,
      double lossSum,
      long targets,
      long tokens,
      int microBatches,
      StreamPosition next,
      SquaredNorms squaredNorms,
      SquaredNorms stageNorms,
      long rejected)
      implements Message {}

  /**
   * Coordinator to every partition: apply the optimizer.
   *
   * @param factor clip coefficient divided by the number of targets; multiplies accumulated
   *     gradients. 0 when there were no targets: the step passes without an update
   * @param learningRate of this step
   */
  record Commit(Transaction transaction, double factor, double learningRate) implements Message {}

  /** Coordinator to every partition: drop the accumulated gradients. */
  record Abort(Transaction transaction) implements Message {}

  /**
   * Partition to coordinator: done with what the transaction asked last.
   *
   * @param work what the step took, when it was a commit
   */
  record Acknowledged(Transaction transaction, int partition, Work work) implements Message {
    public Acknowledged withWork(Work measured) {
      return new Acknowledged(transaction, partition, measured);
    }
  }

  /** Owner to coordinator: result of an {@link Evaluate}. */
  record Evaluated(Transaction transaction, double lossSum, long targets) implements Message {}

  /**
   * Coordinator to a partition's new host: get the partition from the column that holds it.
   *
   * @param copyOf which, as in {@link Holding}
   */
  record Move(Transaction transaction, int partition, String copyOf, int source)
      implements Message {}

  /**
   * New host to old host: send this chunk of the partition's state. Coordinator to partition: send
   * this chunk of your trained weights.
   *
   * @param copyOf which state, as in {@link Holding}
   */
  record Pull(Transaction transaction, String copyOf, int chunk) implements Message {}

  /**
   * Old host to new host, or partition to coordinator: what was pulled.
   *
   * @param chunks number of chunks of the whole
   * @param digest CRC-32C of the bytes
   */
  record Chunk(Transaction transaction, int chunk, int chunks, long digest, TensorData tensor)
      implements WithTensor {
    @Override
    public Chunk withTensor(TensorData replacement) {
      return new Chunk(transaction, chunk, chunks, digest, replacement);
    }
  }

  /**
   * Coordinator to old host: the new host has acknowledged, drop what you hold.
   *
   * @param copyOf which, as in {@link Holding}
   */
  record Release(Transaction transaction, int partition, String copyOf) implements Message {}

  /**
   * Coordinator to owner: how much data is there for an epoch?
   *
   * @param position from which its passes are to begin
   */
  record Count(Transaction transaction, StreamPosition position) implements Message {}

  /**
   * Owner to coordinator: what its topic holds now.
   *
   * @param sequences in one pass
   * @param bounded the position with the topic's end in it, up to which was counted
   */
  record Counted(Transaction transaction, long sequences, StreamPosition bounded)
      implements Message {}

  /** What owners make one of. */
  enum Quantity {
    /** Accumulated gradients: their sum takes the place of each. */
    GRADIENTS,
    /** Trained weights: their weighted mean takes the place of each. */
    WEIGHTS
  }

  /**
   * Coordinator to owner: make what all owners of the route hold of the first partition one.
   *
   * @param share factor of this owner's in the sum
   * @param resetOptimizer whether moments and update count begin anew
   * @param maskingKeys public keys of the route's owners, in its order; none when nothing is masked
   */
  record Aggregate(
      Transaction transaction,
      Quantity quantity,
      double share,
      boolean resetOptimizer,
      List<String> maskingKeys)
      implements Message {
    public Aggregate {
      maskingKeys = List.copyOf(maskingKeys);
    }
  }

  /**
   * Owner to aggregator: a piece of what is summed.
   *
   * @param chunks number of pieces of the whole, the same at every owner
   * @param share factor of this owner's in the sum; 1 under masks, where the elements have it
   *     already
   * @param tensor float32; under masks {@link ElementType#INT64}
   */
  record Contribution(
      Transaction transaction, int chunk, int chunks, double share, TensorData tensor)
      implements WithTensor {
    @Override
    public Contribution withTensor(TensorData replacement) {
      return new Contribution(transaction, chunk, chunks, share, replacement);
    }
  }

  /** Aggregator to every owner: the sum of a piece over all of them. */
  record Summed(Transaction transaction, int chunk, TensorData tensor) implements WithTensor {
    @Override
    public Summed withTensor(TensorData replacement) {
      return new Summed(transaction, chunk, replacement);
    }
  }

  /**
   * Owner to coordinator: the sum is in place.
   *
   * @param squaredNorms of the summed gradients of the first partition; of trained weights, none
   */
  record Aggregated(Transaction transaction, SquaredNorms squaredNorms) implements Message {}

  /**
   * Coordinator to placement: what a client says of itself in {@code titanic.clients}. Advice, and
   * soft: it is said again and again.
   *
   * @param at when it was measured, in milliseconds since 1970-01-01T00:00:00Z
   */
  record Profile(String client, long memoryBytes, double flops, double bytesPerSecond, long at)
      implements Message {}

  /**
   * Coordinator to placement: a step is committed. Soft: one that is lost is made up for by the
   * next.
   *
   * @param epoch of the placement under which it ran
   * @param remainingSteps of the run
   * @param present clients that have a column
   * @param hosts client of every partition, the owner's first; of several owners at once, the first
   *     one's
   * @param work of every partition: of all owners, then of the stages
   */
  record Measured(
      Transaction transaction,
      long epoch,
      long remainingSteps,
      List<String> present,
      List<String> hosts,
      List<HostedWork> work)
      implements Message {
    public Measured {
      present = List.copyOf(present);
      hosts = List.copyOf(hosts);
      work = List.copyOf(work);
    }
  }

  /**
   * Placement to coordinator: other hosts for the stages. Soft: one for an epoch that is over is
   * passed over.
   *
   * @param epoch of the placement that it would replace
   * @param stageHosts client of stage 1..K
   * @param reason for people
   * @param objective of the solver, in its own unit
   * @param solveSeconds time that the solver took
   * @param bytesMoved trained states that change their host
   */
  record Proposal(
      long epoch,
      List<String> stageHosts,
      String reason,
      double objective,
      double solveSeconds,
      long bytesMoved)
      implements Message {
    public Proposal {
      stageHosts = List.copyOf(stageHosts);
    }
  }

  /** Coordinator to placement: somebody asks for a solve now, whatever the interval. */
  record Resolve() implements Message {}

  /** A message that carries a tensor, and so may travel in frames. */
  sealed interface WithTensor extends Message {
    TensorData tensor();

    WithTensor withTensor(TensorData replacement);
  }

  /** The transaction that this message belongs to; what is announced or advised belongs to none. */
  default @Nullable Transaction transaction() {
    return null;
  }
}

package dev.titanic.data;

import dev.titanic.protocol.OwnerData;
import dev.titanic.protocol.TokenBatch;
import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Passes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An owner's private topic as steps: records in strict rotation, encoded, packed, shuffled, in
 * micro-batches.
 *
 * <p>What a step holds is a function of the topic and the position. Content stays in memory only
 * where the next read needs it: the document that is being cut, the rest of a window that is being
 * dealt, and, when a step is starved, what has been gathered for it, so that asking again does not
 * read again. Any other position drops them all.
 */
public final class PackedOwnerData implements OwnerData {
  private final RecordLog log;
  private final RejectedRecords rejected;
  private final DocumentEncoder encoder;
  private final Packing packing;
  private final Shuffle shuffle;
  private final int microBatchSize;
  private final @Nullable EvaluationText evaluation;

  private @Nullable SequenceStream sequences;
  private @Nullable Gathering gathering;

  /**
   * Takes the log, the sink of rejected records and the encoder over: {@link #close()} closes them.
   *
   * @param microBatchSize sequences of one micro-batch
   * @param evaluation null when there is nothing to evaluate on
   */
  public PackedOwnerData(
      RecordLog log,
      RejectedRecords rejected,
      DocumentEncoder encoder,
      Packing packing,
      Shuffle shuffle,
      int microBatchSize,
      @Nullable EvaluationText evaluation) {
    this.log = log;
    this.rejected = rejected;
    this.encoder = encoder;
    this.packing = packing;
    this.shuffle = shuffle;
    this.microBatchSize = microBatchSize;
    this.evaluation = evaluation;
  }

  @Override
  public @Nullable Step read(StreamPosition position, int microBatches) {
    Gathering step = gathering(position, microBatches);
    SequenceStream from = step.from;
    from.beginRead();
    while (step.sequences.size() < microBatches * microBatchSize && !from.isOver()) {
      int[] sequence = from.next();
      if (sequence != null) {
        step.sequences.add(sequence);
      } else if (!from.isOver()) {
        return null;
      }
    }
    gathering = null;
    rejected.flush(); // before the position moves on, or a crash could lose them
    return new Step(
        MicroBatches.of(step.sequences, microBatchSize),
        from.position(),
        from.rejected() - step.rejectedBefore);
  }

  private Gathering gathering(StreamPosition position, int microBatches) {
    Gathering open = gathering;
    if (open == null || !open.position.equals(position) || open.microBatches != microBatches) {
      open = new Gathering(position, microBatches, sequencesAt(position, open));
      gathering = open;
    }
    return open;
  }

  /** Goes on behind the last step where possible, so that its last document is not read again. */
  private SequenceStream sequencesAt(StreamPosition position, @Nullable Gathering abandoned) {
    SequenceStream current = sequences;
    if (current == null || abandoned != null || !current.position().equals(position)) {
      current = SequenceStream.at(position, log, rejected, encoder, packing, shuffle);
      sequences = current;
    }
    return current;
  }

  @Override
  public Amount count(StreamPosition position) {
    StreamPosition bounded = SequenceStream.bounded(position, log);
    Passes passes = bounded.passes();
    if (passes == null) {
      throw new IllegalArgumentException("a topic that is read on and on has no amount");
    }
    SequenceStream from =
        SequenceStream.at(
            StreamPosition.BEGINNING.again(1).upTo(passes.ends()),
            log,
            RejectedRecords.NOWHERE, // they are reported when they are trained on
            encoder,
            packing,
            Shuffle.NONE);
    long count = 0;
    while (!from.isOver()) {
      from.beginRead();
      if (from.next() != null) {
        count++;
      }
    }
    return new Amount(count, bounded);
  }

  @Override
  public List<TokenBatch> evaluation(int first, int sequences) {
    return evaluation == null
        ? List.of()
        : evaluation.microBatches(first, sequences, microBatchSize);
  }

  @Override
  public void close() {
    sequences = null;
    gathering = null;
    try (log;
        rejected;
        encoder) {
      // Closes them all, even when one of them fails.
    }
  }

  /** A step that is not whole yet. */
  private static final class Gathering {
    private final StreamPosition position;
    private final int microBatches;
    private final SequenceStream from;
    private final long rejectedBefore;
    private final List<int[]> sequences = new ArrayList<>();

    private Gathering(StreamPosition position, int microBatches, SequenceStream from) {
      this.position = position;
      this.microBatches = microBatches;
      this.from = from;
      this.rejectedBefore = from.rejected();
    }
  }
}

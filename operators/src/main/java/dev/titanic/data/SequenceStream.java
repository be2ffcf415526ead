package dev.titanic.data;

import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Passes;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A topic's sequences from a position on, in the order in which they are trained on: packed, and
 * dealt from one window after the other.
 *
 * <p>With passes, the last window of a pass has what is left, and tokens that do not fill a
 * sequence are dropped at its end. In memory are the sequences of one window, the document that is
 * being cut, and the beginning of the next sequence.
 */
final class SequenceStream {
  private final DocumentCursor documents;
  private final Packing packing;
  private final Shuffle shuffle;
  private final String topic;

  private Packer packer;
  private ShuffledWindow window;
  private @Nullable Passes passes;

  /** Where the window begins. */
  private StreamPosition start;

  private long rejectedBeforeWindow;
  private long rejected;

  private SequenceStream(
      RecordLog log,
      DocumentCursor documents,
      Packing packing,
      Shuffle shuffle,
      StreamPosition position,
      @Nullable Passes passes) {
    this.topic = log.topic();
    this.documents = documents;
    this.packing = packing;
    this.shuffle = shuffle;
    this.packer = packing.packer();
    this.passes = passes;
    this.window = shuffle.open(position.window());
    this.start = documents.position();
  }

  /** The position with the topic's end as it is now, if passes are to begin there. */
  static StreamPosition bounded(StreamPosition position, RecordLog log) {
    Passes passes = position.passes();
    return passes == null || !passes.ends().isEmpty()
        ? position
        : position.upTo(IntStream.range(0, log.kafkaPartitions()).mapToObj(log::end).toList());
  }

  /** Looks where the topic ends now, if passes are to begin. */
  static SequenceStream at(
      StreamPosition position,
      RecordLog log,
      RejectedRecords rejectedRecords,
      DocumentEncoder encoder,
      Packing packing,
      Shuffle shuffle) {
    Passes passes = bounded(position, log).passes();
    List<Long> ends = passes == null ? List.of() : passes.ends();
    DocumentCursor documents = new DocumentCursor(log, rejectedRecords, encoder, position, ends);
    return new SequenceStream(log, documents, packing, shuffle, position, passes);
  }

  /** Starts a new call from outside, with a new allowance of unusable records. */
  void beginRead() {
    documents.beginRead();
  }

  /** Returns the next sequence of token ids; null when it is not there yet, or never will be. */
  int @Nullable [] next() {
    while (!window.isReady()) {
      if (isOver()) {
        return null;
      }
      int[] sequence = packer.next(documents);
      if (sequence != null) {
        window.add(sequence);
      } else if (!documents.isAtEnd()) {
        return null;
      } else if (window.isEmpty()) {
        endPass();
      } else {
        window.close();
      }
    }
    return deal();
  }

  private int[] deal() {
    if (window.isTorn()) {
      throw new DataException(
          "topic %s: the run stands in a window of sequences that has changed or is gone"
              .formatted(topic));
    }
    if (window.isFresh()) {
      countRejected(); // what was read again has been counted before
    }
    int[] sequence = window.deal();
    if (passes != null) {
      passes = passes.oneMore();
    }
    if (window.isDealt()) {
      beginWindow(window.next());
    }
    return sequence;
  }

  private void endPass() {
    if (passes == null) {
      throw new IllegalStateException("a topic without an end is at its end");
    }
    countRejected();
    packer = packing.packer();
    passes = passes.next();
    if (passes.left() > 0) {
      documents.rewind();
    }
    beginWindow(window.position());
  }

  private void beginWindow(StreamPosition.Window next) {
    window = shuffle.open(next);
    start = documents.position();
    rejectedBeforeWindow = documents.rejected();
  }

  private void countRejected() {
    rejected += documents.rejected() - rejectedBeforeWindow;
    rejectedBeforeWindow = documents.rejected();
  }

  /** Whether all passes are over. */
  boolean isOver() {
    return passes != null && passes.left() == 0;
  }

  /** Position behind the last sequence that was returned. */
  StreamPosition position() {
    return new StreamPosition(
        start.cursors(), start.nextKafkaPartition(), window.position(), passes);
  }

  /** Unusable records on the way to the sequences that were returned, each counted once. */
  long rejected() {
    return rejected;
  }
}

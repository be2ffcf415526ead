package dev.titanic.protocol;

import dev.titanic.schemas.edge.StreamPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An owner's private data, as its owner's protocol sees it. */
public interface OwnerData extends AutoCloseable {

  /**
   * Reads the data of one step. Returns soon in any case.
   *
   * @param position where to start
   * @param microBatches of the step; the last one of all passes may have fewer, and smaller ones
   * @return null when the topic does not hold a whole step yet; no micro-batches when all passes
   *     are over
   */
  @Nullable Step read(StreamPosition position, int microBatches);

  /**
   * Counts the sequences of one pass; reads the topic to its end.
   *
   * @param position from which passes are to begin; they end where the topic ends now
   */
  Amount count(StreamPosition position);

  /**
   * The public evaluation text, cut into sequences.
   *
   * @return micro-batches over at most {@code sequences} sequences from {@code first} on; fewer, or
   *     none, at the text's end
   */
  List<TokenBatch> evaluation(int first, int sequences);

  @Override
  void close();

  /**
   * @param next position behind the last token used
   * @param rejected unusable records that were passed on the way
   */
  record Step(List<TokenBatch> microBatches, StreamPosition next, long rejected) {}

  /**
   * @param sequences of one pass
   * @param bounded the position with the end in it up to which was counted
   */
  record Amount(long sequences, StreamPosition bounded) {}
}

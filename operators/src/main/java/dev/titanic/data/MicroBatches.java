package dev.titanic.data;

import dev.titanic.protocol.TokenBatch;
import java.util.ArrayList;
import java.util.List;

/** Groups sequences, in order. */
final class MicroBatches {
  private MicroBatches() {}

  /** Batches of {@code size} sequences; the last one may have fewer. */
  static List<TokenBatch> of(List<int[]> sequences, int size) {
    List<TokenBatch> batches = new ArrayList<>();
    for (int from = 0; from < sequences.size(); from += size) {
      int to = Math.min(from + size, sequences.size());
      batches.add(TokenBatch.of(sequences.subList(from, to).toArray(int[][]::new)));
    }
    return batches;
  }
}

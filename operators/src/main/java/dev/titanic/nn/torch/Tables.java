package dev.titanic.nn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.ModelException;
import java.util.stream.LongStream;

/** What an architecture needs for every sequence, made once for the longest so far. */
final class Tables {
  private final PtNDManager owner;
  private final Program program;
  private final int maxTokens;
  private int tokens;
  private NDList arrays = new NDList();

  Tables(PtNDManager owner, Program program, int maxTokens) {
    this.owner = owner;
    this.program = program;
    this.maxTokens = maxTokens;
  }

  /** Returns tables for at least so many tokens. */
  NDList upTo(long length) {
    if (length > maxTokens) {
      throw new ModelException(
          "a sequence of %d tokens: the model takes at most %d".formatted(length, maxTokens));
    }
    if (length > tokens) {
      arrays.close();
      tokens = (int) Math.min(maxTokens, Math.max(1, 2 * Long.highestOneBit(length - 1)));
      try (PtNDArray positions =
          Transfer.in(owner, LongStream.range(0, tokens).toArray(), tokens)) {
        arrays = program.callForList("tables", positions, new NDList());
      }
      for (NDArray array : arrays) {
        array.setName(Program.TABLES);
      }
    }
    return arrays;
  }
}

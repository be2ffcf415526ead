package dev.titanic.nn.torch;

import dev.titanic.nn.Cut;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.graph.TracedDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The cut of a traced model, as a {@link Cut} whose blocks are operations: the owner's partition
 * begins with its first operations and ends with those behind the last boundary.
 */
public final class TracedCut {
  private static final int SAMPLE_SEQUENCES = 2;
  private static final int SAMPLE_TOKENS = 32;

  private TracedCut() {}

  /**
   * Chooses a cut from the code alone: runs it once on a small sample, with zeros in place of
   * weights.
   *
   * @param stages K
   */
  public static Cut choose(TracedDirectory directory, int stages) {
    if (stages < 0) {
      throw new ModelException("stages: " + stages + ": use 0 or more");
    }
    int tokens = Math.min(SAMPLE_TOKENS, directory.limits().maxTokens());
    long[] looks = TracedProfile.ofTokens(directory.model(), SAMPLE_SEQUENCES, tokens);
    List<Integer> operations = new ArrayList<>();
    int previous = 0;
    for (int position : directory.model().cut(stages, looks)) {
      operations.add(position - previous);
      previous = position;
    }
    return new Cut(operations);
  }

  /** Positions of the boundaries, one more than stages. */
  static List<Integer> positions(Cut cut) {
    return IntStream.rangeClosed(0, cut.stages()).mapToObj(cut::endBlock).toList();
  }
}

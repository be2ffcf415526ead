package dev.titanic.benchmarks;

import dev.titanic.job.embedded.EmbeddedFlink;
import java.util.List;

/**
 * How long training stands still while a partition with 102 MB of weights and moments moves between
 * two TaskManagers, against the time in which the feedback edge copies as many bytes. Arguments:
 * rounds.
 */
public final class MovePause {
  private static final int ROUNDS = 9;

  private MovePause() {}

  public static void main(String[] values) throws Exception {
    Machine.print(System.out);
    try (ScratchDirectory scratch = ScratchDirectory.create();
        MovingRun moving = MovingRun.start(scratch.path());
        EmbeddedFlink flink =
            EmbeddedFlink.start(
                EmbeddedFlink.settings(0, 1, scratch.path().resolve("copies")),
                List.of("receiving"))) {
      int tensors = Math.toIntExact(moving.megabytes());
      Contender copy = new EdgeTransfer(flink, true, tensors, tensors);
      Comparison comparison = new Comparison(System.out, "MB", List.of(moving, copy));
      comparison.run(Arguments.of(values).get(0, ROUNDS));
      System.out.println();
      comparison.printRatio(moving, copy, "target: time at most 2");
      System.out.printf(
          "pause of a move of %d MB: %.0f ms%n", moving.megabytes(), comparison.wallMillis(moving));
    }
  }
}

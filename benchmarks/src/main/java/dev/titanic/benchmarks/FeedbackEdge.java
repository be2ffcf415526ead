package dev.titanic.benchmarks;

import dev.titanic.job.embedded.EmbeddedFlink;
import java.util.List;

/**
 * Throughput of the feedback edge against Flink's own forward edge: the same records between the
 * same two TaskManagers. Arguments: rounds, tensors of 1 MB to warm up, tensors to measure.
 */
public final class FeedbackEdge {
  private static final int ROUNDS = 9;
  private static final int WARM_UP = 500;
  private static final int TENSORS = 4000;

  private FeedbackEdge() {}

  public static void main(String[] values) throws Exception {
    Arguments arguments = Arguments.of(values);
    int warmUp = arguments.get(1, WARM_UP);
    int tensors = arguments.get(2, TENSORS);
    Machine.print(System.out);
    try (ScratchDirectory scratch = ScratchDirectory.create();
        EmbeddedFlink flink =
            EmbeddedFlink.start(
                EmbeddedFlink.settings(0, 1, scratch.path()), List.of("receiving"))) {
      Contender forward = new EdgeTransfer(flink, false, warmUp, tensors);
      Contender feedback = new EdgeTransfer(flink, true, warmUp, tensors);
      Comparison comparison = new Comparison(System.out, "MB", List.of(forward, feedback));
      comparison.run(arguments.get(0, ROUNDS));
      System.out.println();
      comparison.printRatio(forward, feedback, "target: time, the ratio of MB/s, at least 0.95");
    }
  }
}

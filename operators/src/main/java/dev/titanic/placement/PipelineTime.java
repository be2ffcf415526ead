package dev.titanic.placement;

import java.util.List;

/**
 * Predicted time of a step: the pipeline run as the protocol runs it, task by task.
 *
 * <p>Owners at once have as many micro-batches each, dealt in rotation, whatever the rule by which
 * the run draws them. A micro-batch goes forward at the owner, then at each stage, through head and
 * loss at the owner, backward at each stage from the last, and backward at the owner. An owner
 * starts the next one as soon as none of its own is under way, or when it is less than K + 1 behind
 * the oldest that is, the other owners' counted. The first stage goes forward and the last one
 * backward in the order of micro-batches. A client works on one thing at a time, takes what is
 * ready, gradients before the head before activations (1F1B), and sends and receives one tensor at
 * a time in each direction while it computes. A third of a partition's work, the head apart, is its
 * forward pass. Reading data, waiting for that of other owners, summing gradients, commit and
 * optimizer are not in it.
 *
 * <p>Costs O(K M log K) for M micro-batches: 10 microseconds for K = 3 and M = 8.
 */
public final class PipelineTime {
  private final PlacementProblem problem;

  public PipelineTime(PlacementProblem problem) {
    this.problem = problem;
  }

  /**
   * Seconds of a step.
   *
   * @param hosts client of each partition, the first owner's first
   */
  public static double seconds(PlacementProblem problem, List<String> hosts) {
    return new PipelineTime(problem).seconds(hosts.stream().mapToInt(problem::client).toArray());
  }

  /**
   * Seconds of a step.
   *
   * @param hosts index of each partition's client among the offers, the owner first
   */
  public double seconds(int[] hosts) {
    if (hosts.length != problem.demands().size()) {
      throw new IllegalArgumentException(
          "%d hosts for %d partitions".formatted(hosts.length, problem.demands().size()));
    }
    return new PipelineRun(problem, hosts).seconds();
  }
}

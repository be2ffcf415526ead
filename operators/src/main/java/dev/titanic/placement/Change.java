package dev.titanic.placement;

import java.util.Comparator;
import java.util.List;

/**
 * Other hosts for some stages. Says what makes the difference: one client computes a stage faster
 * than the other, or nothing in particular does.
 *
 * @param from hosts before, the owner first
 * @param to hosts after
 * @param moved stages that change their host
 */
record Change(PlacementProblem problem, List<String> from, List<String> to, List<Integer> moved) {
  /** Less is not worth a word. */
  private static final double NOTABLY_FASTER = 1.05;

  Change {
    from = List.copyOf(from);
    to = List.copyOf(to);
    moved = List.copyOf(moved);
  }

  long stateBytes() {
    return moved.stream().mapToLong(stage -> problem.demands().get(stage).stateBytes()).sum();
  }

  long memoryBytes() {
    return moved.stream().mapToLong(stage -> problem.demands().get(stage).memoryBytes()).sum();
  }

  /** Of the states, one after the other. */
  double sendSeconds() {
    return moved.stream()
        .mapToDouble(
            stage ->
                problem.demands().get(stage).stateBytes()
                    * secondsPerByte(client(from, stage), client(to, stage)))
        .sum();
  }

  /** By bandwidth where it is known: a hidden state may be too small to tell. */
  private double secondsPerByte(int sender, int receiver) {
    List<Offer> offers = problem.offers();
    double bandwidth =
        Math.min(offers.get(sender).bytesPerSecond(), offers.get(receiver).bytesPerSecond());
    return Double.isInfinite(bandwidth)
        ? problem.links().secondsPerByte(sender, receiver)
        : 1 / bandwidth;
  }

  @Override
  public String toString() {
    int first = moved.stream().max(Comparator.comparingDouble(this::speedUp)).orElseThrow();
    double speedUp = speedUp(first);
    String stage = problem.demands().get(first).partition();
    String others = moved.size() == 1 ? "" : " and %d more move".formatted(moved.size() - 1);
    if (speedUp < NOTABLY_FASTER) {
      return "%s on %s instead of %s".formatted(stage, to.get(first), from.get(first)) + others;
    }
    return "%s computes %s %s times as fast as %s"
            .formatted(to.get(first), stage, Seconds.number(speedUp), from.get(first))
        + others;
  }

  private double speedUp(int stage) {
    return problem.compute().seconds(stage, client(from, stage))
        / problem.compute().seconds(stage, client(to, stage));
  }

  private int client(List<String> hosts, int stage) {
    return problem.client(hosts.get(stage));
  }
}

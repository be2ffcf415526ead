package dev.titanic.job.plan;

import dev.titanic.placement.PipelineTime;
import dev.titanic.placement.PlacementProblem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each partition's client costs, and what the next best would. */
final class Alternatives {
  private final PlacementProblem problem;
  private final PipelineTime time;

  /** Index of each partition's client, the owner first. */
  private final int[] hosts;

  Alternatives(PlacementProblem problem, List<String> hosts) {
    this.problem = problem;
    this.time = new PipelineTime(problem);
    this.hosts = hosts.stream().mapToInt(problem::client).toArray();
  }

  double stepSeconds() {
    return time.seconds(hosts);
  }

  List<PlannedHost> hosts() {
    return IntStream.range(0, hosts.length).mapToObj(this::host).toList();
  }

  private PlannedHost host(int partition) {
    return new PlannedHost(
        problem.demands().get(partition).partition(),
        problem.offers().get(hosts[partition]).client(),
        problem.trainingSeconds(partition, hosts[partition]),
        linkSeconds(partition),
        partition == 0 ? null : nextBest(partition));
  }

  private double linkSeconds(int partition) {
    int here = hosts[partition];
    if (partition < problem.stages()) {
      return problem.microBatchesAt(partition) * thereAndBack(here, hosts[partition + 1]);
    }
    return problem.owners().stream()
        .mapToDouble(owner -> problem.microBatches() * thereAndBack(here, problem.client(owner)))
        .sum();
  }

  private double thereAndBack(int here, int there) {
    return problem.links().seconds(here, there) + problem.links().seconds(there, here);
  }

  private @Nullable PlannedChange nextBest(int stage) {
    return Stream.concat(moves(stage), swaps(stage))
        .min(Comparator.comparingDouble(PlannedChange::stepSeconds))
        .orElse(null);
  }

  /** To clients that host nothing, or, where clients host several partitions, to any. */
  private Stream<PlannedChange> moves(int stage) {
    return IntStream.range(0, problem.offers().size())
        .filter(client -> client != hosts[stage])
        .filter(client -> problem.severalPerClient() || !isHost(client))
        .boxed()
        .flatMap(
            client -> {
              int[] changed = hosts.clone();
              changed[stage] = client;
              return change(problem.offers().get(client).client(), changed).stream();
            });
  }

  private Stream<PlannedChange> swaps(int stage) {
    return IntStream.range(1, hosts.length)
        .filter(other -> hosts[other] != hosts[stage])
        .boxed()
        .flatMap(
            other -> {
              int[] changed = hosts.clone();
              changed[stage] = hosts[other];
              changed[other] = hosts[stage];
              return change("swap with " + problem.demands().get(other).partition(), changed)
                  .stream();
            });
  }

  private Optional<PlannedChange> change(String change, int[] changed) {
    return fits(changed)
        ? Optional.of(new PlannedChange(change, time.seconds(changed)))
        : Optional.empty();
  }

  private boolean isHost(int client) {
    return IntStream.of(hosts).anyMatch(host -> host == client);
  }

  private boolean fits(int[] changed) {
    return IntStream.of(changed)
        .distinct()
        .allMatch(
            client -> memoryOn(client, changed) <= problem.offers().get(client).memoryBytes());
  }

  private long memoryOn(int client, int[] changed) {
    return IntStream.range(0, changed.length)
        .filter(partition -> changed[partition] == client)
        .mapToLong(partition -> problem.demands().get(partition).memoryBytes())
        .sum();
  }
}

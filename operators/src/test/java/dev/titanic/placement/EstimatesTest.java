package dev.titanic.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.schemas.edge.HostedWork;
import dev.titanic.schemas.edge.Message.Measured;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.edge.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class EstimatesTest {
  private static final List<String> CLIENTS = List.of("alice", "bob", "carol");
  private static final double NOISE = 0.05;
  private static final long MILLI = 1_000_000;

  private final LiveRun run = new LiveRun(1, NOISE, CLIENTS, List.of("alice", "bob"));

  @Test
  void nothingIsKnownBeforeAStepIsMeasured() {
    assertThat(run.estimates().situation()).isEmpty();
    assertThat(run.estimates().present()).isEmpty();
  }

  @Test
  void whatWasMeasuredIsKnown() {
    run.slow("bob", 2);
    run.train(50);

    assertThat(seconds(0, "alice")).isCloseTo(10e-3, Percentage.withPercentage(10));
    assertThat(seconds(1, "bob")).isCloseTo(20e-3, Percentage.withPercentage(10));
    assertThat(linkSeconds("alice", "bob")).isCloseTo(0.5e-3, within(1e-9));
    assertThat(linkSeconds("bob", "alice")).isCloseTo(0.5e-3, within(1e-9));
  }

  @Test
  void aClientComputesAnotherPartitionAtItsOwnRate() {
    run.train(50);

    assertThat(seconds(1, "alice")).isCloseTo(10e-3, Percentage.withPercentage(10));
  }

  @Test
  void aClientThatSaysNothingIsLikeTheOthers() {
    run.train(50);

    assertThat(seconds(1, "carol")).isCloseTo(10e-3, Percentage.withPercentage(10));
    assertThat(linkSeconds("alice", "carol")).isCloseTo(0.5e-3, within(1e-9));
  }

  @Test
  void aClientIsAsMuchSlowerThanItSaysAsTheOthersAre() {
    run.says("alice", 1e12);
    run.says("bob", 1e12);
    run.says("carol", 2e12);
    run.train(50);

    assertThat(seconds(1, "carol")).isCloseTo(5e-3, Percentage.withPercentage(10));
  }

  @Test
  void aPartitionMayBeSlowerThanOthersWithoutAClientBeingSlow() {
    run.slow("bob", 1.7);
    run.train(50);

    assertThat(seconds(1, "carol")).isCloseTo(17e-3, Percentage.withPercentage(10));
  }

  @Test
  void aClientThatIsMuchSlowerThanOthersIsSlow() {
    run.slow("bob", 6);
    run.train(50);

    assertThat(seconds(1, "carol")).isCloseTo(20e-3, Percentage.withPercentage(10));
  }

  @Test
  void aClientThatFallsSilentIsGone() {
    run.says("carol", 1e9);
    run.train(1);
    assertThat(run.estimates().present()).isEqualTo(CLIENTS);

    run.pass(LiveRun.SILENCE.plus(Duration.ofSeconds(1)));
    run.train(1);

    assertThat(run.estimates().present()).containsExactly("alice", "bob");
    run.says("carol", 1e9);
    assertThat(run.estimates().present()).isEqualTo(CLIENTS);
  }

  @Test
  void aClientThatNeverSpokeIsThereAsLongAsItHasAColumn() {
    run.pass(LiveRun.SILENCE.multipliedBy(2));
    run.train(1);
    assertThat(run.estimates().present()).isEqualTo(CLIENTS);

    run.columns("alice", "bob");
    run.train(1);

    assertThat(run.estimates().present()).containsExactly("alice", "bob");
  }

  @Test
  void aClientThatComesBackIsMeasuredAnew() {
    run.slow("bob", 4);
    run.train(20);
    assertThat(run.solve().hosts()).containsExactly("alice", "carol");
    run.train(20);
    run.columns("alice", "carol");
    run.train(1);

    run.columns("alice", "bob", "carol");
    run.train(1);

    assertThat(seconds(1, "bob")).isCloseTo(10e-3, Percentage.withPercentage(15)); // as carol
  }

  @Test
  void everyOwnerOfAStepIsMeasured() {
    Estimates estimates = new Estimates(LiveRun.settings(CLIENTS, 1), () -> Instant.EPOCH);
    estimates.add(
        new Measured(
            new Transaction(1, 0, new Route(List.of(0, 1), List.of(2))),
            0,
            9,
            CLIENTS,
            List.of("alice", "carol"),
            List.of(
                hosted(0, "alice", 10, Map.of(0, 100 * MILLI), Map.of()),
                hosted(0, "bob", 60, Map.of(1, 140 * MILLI, 2, 150 * MILLI), Map.of()),
                hosted(1, "carol", 60, Map.of(), residences(98, 100, 100)))));

    PlacementProblem problem = estimates.situation().orElseThrow().problem();

    assertThat(problem.owners()).containsExactly("alice", "bob");
    assertThat(problem.compute().seconds(0, 0)).isCloseTo(10e-3, within(1e-12));
    assertThat(problem.compute().seconds(0, 1)).isCloseTo(30e-3, within(1e-12));
    assertThat(problem.compute().seconds(1, 2)).isCloseTo(20e-3, within(1e-12));
    assertThat(problem.links().seconds(0, 2)).isCloseTo(1e-3, within(1e-12));
    assertThat(problem.links().seconds(1, 2)).isCloseTo(20e-3, within(1e-12));
  }

  /** One micro-batch of alice, two of bob. */
  private static HostedWork hosted(
      int partition,
      String client,
      long millis,
      Map<Integer, Long> roundTrips,
      Map<Integer, Long> residences) {
    int microBatches = partition == 0 ? roundTrips.size() : residences.size();
    return new HostedWork(
        partition,
        client,
        microBatches,
        new Work(millis * MILLI, 0, millis * MILLI, 0, roundTrips, residences));
  }

  private static Map<Integer, Long> residences(long... millis) {
    return IntStream.range(0, millis.length)
        .boxed()
        .collect(Collectors.toMap(index -> index, index -> millis[index] * MILLI));
  }

  private double seconds(int partition, String client) {
    PlacementProblem problem = problem();
    return problem.compute().seconds(partition, problem.client(client));
  }

  private double linkSeconds(String from, String to) {
    PlacementProblem problem = problem();
    return problem.links().seconds(problem.client(from), problem.client(to));
  }

  private PlacementProblem problem() {
    return run.estimates().situation().orElseThrow().problem();
  }

  @Test
  void anotherOwnerKeepsRoomForItsFirstPartition() {
    PlacementSettings known = LiveRun.settings(List.of("alice", "bob", "carol"), 1);
    long memory = 5 << 20;
    List<Client> clients =
        List.of(
            new Client("alice", memory, null, null, true),
            new Client("bob", memory, null, null, true),
            new Client("carol", memory, null, null, false));
    Estimates estimates =
        new Estimates(
            new PlacementSettings(
                known.demands(),
                clients,
                known.boundaryBytes(),
                known.microBatches(),
                known.fixed(),
                known.severalPerClient(),
                known.objective(),
                known.weights(),
                known.moveWeight(),
                known.interval(),
                known.silence()),
            () -> Instant.EPOCH);
    estimates.add(
        new Measured(
            new Transaction(1, 0, new Route(List.of(0), List.of(2))),
            0,
            9,
            List.of("alice", "bob", "carol"),
            List.of("alice", "carol"),
            List.of(
                new HostedWork(0, "alice", 4, Work.NONE),
                new HostedWork(1, "carol", 4, Work.NONE))));

    long room = known.demands().get(0).memoryBytes();
    assertThat(estimates.situation().orElseThrow().problem().offers())
        .extracting(Offer::client, Offer::memoryBytes)
        .containsExactly(
            tuple("alice", memory), tuple("bob", memory - room), tuple("carol", memory));
  }
}

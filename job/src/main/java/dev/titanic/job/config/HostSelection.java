package dev.titanic.job.config;

import static java.util.stream.Collectors.toMap;

import dev.titanic.nn.Cut;
import dev.titanic.nn.partition.Host;
import dev.titanic.nn.partition.ModelCost;
import dev.titanic.nn.partition.Partitioner;
import dev.titanic.placement.Compute;
import dev.titanic.placement.Demand;
import dev.titanic.placement.Demands;
import dev.titanic.placement.GreedyPlacement;
import dev.titanic.placement.InfeasiblePlacement;
import dev.titanic.placement.Links;
import dev.titanic.placement.Offer;
import dev.titanic.placement.PipelineTime;
import dev.titanic.placement.PlacementProblem;
import dev.titanic.placement.PlacementSolver;
import dev.titanic.placement.Solution;
import dev.titanic.placement.StepTimeSolver;
import dev.titanic.placement.Weights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * On which clients the stages of a run begin, by what these say of themselves.
 *
 * <p>Hosts are chosen for blocks that are dealt evenly, such that the predicted step is shortest;
 * then the blocks are cut for these hosts, see {@link Partitioner#cut}; then hosts are chosen for
 * this cut, and so on, as long as the step gets shorter. As what is best for even blocks may be
 * none of the best for uneven ones, the same begins from two more choices: the paper's greedy one,
 * and the hosts whose slowest partition is fastest with the cut that suits them, which may have the
 * memory where nobody has it for even blocks. Of owners in turn, the first has its turn; owners at
 * once all count.
 */
public final class HostSelection {
  /** Predictions are sums in floating point. */
  private static final double TOLERANCE = 1e-9;

  /** Between clients, until it is measured. */
  private static final double LATENCY_SECONDS = 0;

  private final ModelCost cost;
  private final int ownerBlocks;
  private final Partitioner partitioner;
  private final List<ClientConfig> clients;
  private final ClientConfig owner;
  private final boolean swaps;
  private final boolean atOnce;

  HostSelection(
      ModelCost cost, int ownerBlocks, List<ClientConfig> clients, TrainingConfig training) {
    this.cost = cost;
    this.ownerBlocks = ownerBlocks;
    this.partitioner = new Partitioner(cost, ownerBlocks);
    this.clients = List.copyOf(clients);
    this.swaps = training.swaps();
    this.atOnce = training.mode().isAtOnce();
    this.owner = clients.stream().filter(ClientConfig::data).findFirst().orElseThrow();
  }

  /** For the model of a run and its clients with a seat. */
  public static HostSelection of(JobConfig config, ModelCost cost) {
    return new HostSelection(
        cost,
        config.ownerBlocks(),
        Seats.of(config.clients(), config.placement().spares()).seated(),
        config.training());
  }

  /** What the clients say they have. */
  public Profiles profiles() {
    return new Profiles(clients);
  }

  /** Hosts for as many stages as are best, see {@link Partitioner#chooseHosts(Host, List)}. */
  List<String> choose() {
    return ids(partitioner.chooseHosts(host(owner), others()));
  }

  /**
   * Hosts of so many stages.
   *
   * @param fixed stages whose host is given
   * @param inOrder hosts in the order of the file: kept where they are as fast, and where nobody
   *     has the memory, so that checking the run's memory says who lacks how much; empty when there
   *     are fewer clients than stages
   * @throws InfeasiblePlacement when there are fewer clients than stages, and these have not the
   *     memory for several
   */
  List<String> choose(int stages, Map<Integer, String> fixed, Optional<List<String>> inOrder)
      throws InfeasiblePlacement {
    List<List<String>> beginnings = new ArrayList<>();
    if (fixed.isEmpty()) {
      chooseForUnevenCut(stages).ifPresent(beginnings::add);
    }
    try {
      PlacementProblem problem = problem(evenCut(stages), fixed);
      beginnings.add(0, chooseForEvenCut(problem, inOrder));
      beginnings.add(stages(new GreedyPlacement().solve(problem)));
    } catch (InfeasiblePlacement e) {
      if (beginnings.isEmpty()) {
        return inOrder.orElseThrow(() -> e);
      }
    }
    List<String> best = improve(beginnings.get(0), fixed);
    for (List<String> beginning : beginnings.subList(1, beginnings.size())) {
      List<String> improved = improve(beginning, fixed);
      best = isShorter(improved, best) ? improved : best;
    }
    return best;
  }

  private static List<String> chooseForEvenCut(
      PlacementProblem problem, Optional<List<String>> inOrder) throws InfeasiblePlacement {
    Solution solution = new StepTimeSolver().solve(problem);
    return inOrder
        .filter(hosts -> isAsFast(hosts, problem, solution))
        .orElseGet(() -> stages(solution));
  }

  private List<String> improve(List<String> hosts, Map<Integer, String> fixed)
      throws InfeasiblePlacement {
    List<String> next = stages(new StepTimeSolver().solve(problem(cut(hosts), fixed)));
    return isShorter(next, hosts) ? improve(next, fixed) : hosts;
  }

  private boolean isShorter(List<String> hosts, List<String> others) {
    return stepSeconds(hosts) < stepSeconds(others) * (1 - TOLERANCE);
  }

  /** Hosts of so many stages with the shortest step that is found, with nothing fixed. */
  public List<String> choose(int stages) throws InfeasiblePlacement {
    return choose(stages, Map.of(), Optional.empty());
  }

  /** Hosts of so many stages as a solver chooses them for even blocks, with nothing fixed. */
  public List<String> chooseBy(PlacementSolver solver, int stages) throws InfeasiblePlacement {
    return stages(solver.solve(problem(evenCut(stages), Map.of())));
  }

  /** Predicted time of a step on these hosts, with the cut that suits them. */
  public double stepSeconds(List<String> hosts) {
    PlacementProblem problem = problem(cut(hosts), Map.of());
    return PipelineTime.seconds(
        problem, Stream.concat(Stream.of(owner.id()), hosts.stream()).toList());
  }

  /** The cut that suits the hosts of the stages. */
  Cut cut(List<String> hosts) {
    Map<String, Host> known = clients.stream().collect(toMap(ClientConfig::id, this::host));
    return partitioner.cut(hosts.stream().map(known::get).toList());
  }

  /** Partitions of a cut that need hosts among all clients. */
  public PlacementProblem problem(Cut cut, Map<Integer, String> fixed) {
    List<Demand> demands = Demands.of(cost, cut);
    List<Offer> offers = offers(demands.get(0).memoryBytes());
    return new PlacementProblem(
        demands,
        offers,
        Compute.of(demands, offers),
        Links.of(offers, cost.boundaryBytes(), LATENCY_SECONDS),
        owners(),
        fixed,
        cost.batch().microBatches(),
        severalPerClient(cut.stages(), fixed),
        Weights.EQUAL);
  }

  /** Owners of one step, the first one of all first. */
  private List<String> owners() {
    return clients.stream()
        .filter(client -> client.equals(owner) || atOnce && client.data())
        .map(ClientConfig::id)
        .toList();
  }

  /** Other owners keep room for the first partition, unless they give a stage away for it. */
  private List<Offer> offers(long firstPartitionBytes) {
    return new Profiles(
            clients.stream()
                .map(
                    client ->
                        client.data() && !client.equals(owner) && !swaps
                            ? client.keepingFree(firstPartitionBytes)
                            : client)
                .toList())
        .offers();
  }

  private Cut evenCut(int stages) {
    return Cut.even(cost.blocks().size(), ownerBlocks, stages);
  }

  /** Where clients are too few, or what is fixed is like that already. */
  private boolean severalPerClient(int stages, Map<Integer, String> fixed) {
    Set<String> taken = new HashSet<>(fixed.values());
    taken.add(owner.id());
    boolean areShared = taken.size() < fixed.size() + 1;
    return areShared || clients.size() - taken.size() < stages - fixed.size();
  }

  private static boolean isAsFast(List<String> hosts, PlacementProblem problem, Solution best) {
    PlacementProblem decided =
        new PlacementProblem(
            problem.demands(),
            problem.offers(),
            problem.compute(),
            problem.links(),
            problem.owners(),
            byStage(hosts),
            problem.microBatches(),
            problem.severalPerClient(),
            problem.weights());
    try {
      double seconds = new GreedyPlacement().solve(decided).stepSeconds();
      return seconds <= best.stepSeconds() * (1 + TOLERANCE);
    } catch (InfeasiblePlacement e) {
      return false;
    }
  }

  private static Map<Integer, String> byStage(List<String> hosts) {
    return IntStream.range(0, hosts.size()).boxed().collect(toMap(index -> index + 1, hosts::get));
  }

  private static List<String> stages(Solution solution) {
    return solution.hosts().subList(1, solution.hosts().size());
  }

  /** Links do not count. */
  private Optional<List<String>> chooseForUnevenCut(int stages) {
    return partitioner.chooseHosts(host(owner), others(), stages).map(HostSelection::ids);
  }

  /** Clients without data, then the owners whose turn is not the first. */
  private List<Host> others() {
    return Stream.concat(
            clients.stream().filter(client -> !client.data()),
            clients.stream().filter(client -> client.data() && !client.equals(owner)))
        .map(this::host)
        .toList();
  }

  /** Where owners swap, what one hosts goes round among them: each counts as the weakest. */
  private Host host(ClientConfig client) {
    return client.data() && swaps
        ? new Host(
            client.id(),
            leastOfOwners(ClientConfig::memory),
            leastOfOwners(ClientConfig::flops),
            false)
        : client.host();
  }

  private @Nullable Long leastOfOwners(Function<ClientConfig, @Nullable Long> figure) {
    return clients.stream()
        .filter(ClientConfig::data)
        .map(figure)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static List<String> ids(List<Host> hosts) {
    return hosts.stream().map(Host::id).toList();
  }
}

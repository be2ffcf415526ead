package dev.titanic.placement;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is a placement in which no client computes, sends or receives for longer than a
 * limit, for one micro-batch: a CP-SAT model.
 *
 * <p>Seconds are rounded down to ticks, so that "there is none" is true of seconds too.
 */
final class LimitModel {
  private final PlacementProblem problem;
  private final Occupancy occupancy;
  private final double tick;
  private final long limit;
  private final CpModel model = new CpModel();

  /** For each partition: clients that may host it within the limit. */
  private final List<Map<Integer, BoolVar>> choices = new ArrayList<>();

  enum Verdict {
    POSSIBLE,
    IMPOSSIBLE,
    UNKNOWN
  }

  /**
   * @param verdict about the limit
   * @param hosts a placement within the limit, when it is possible
   * @param effort in CP-SAT's deterministic time
   */
  record Answer(Verdict verdict, @Nullable List<Integer> hosts, double effort) {}

  /**
   * @param occupancy with hosts for the fixed stages only
   * @param tick seconds
   * @param limit in ticks
   */
  LimitModel(PlacementProblem problem, Occupancy occupancy, double tick, long limit) {
    this.problem = problem;
    this.occupancy = occupancy;
    this.tick = tick;
    this.limit = limit;
  }

  Answer solve(double mostEffort) {
    for (int partition = 0; partition < problem.demands().size(); partition++) {
      Map<Integer, BoolVar> row = hostsOf(partition);
      if (row.isEmpty()) {
        return new Answer(Verdict.IMPOSSIBLE, null, 0);
      }
      choices.add(row);
      model.addExactlyOne(row.values().toArray(Literal[]::new));
    }
    for (int client = 0; client < problem.offers().size(); client++) {
      limit(client);
    }
    CpSolver solver = new CpSolver();
    solver.getParameters().setNumWorkers(1).setMaxDeterministicTime(mostEffort);
    CpSolverStatus status = solver.solve(model);
    double effort = solver.response().getDeterministicTime();
    return switch (status) {
      case OPTIMAL, FEASIBLE -> new Answer(Verdict.POSSIBLE, read(solver), effort);
      case INFEASIBLE -> new Answer(Verdict.IMPOSSIBLE, null, effort);
      case UNKNOWN -> new Answer(Verdict.UNKNOWN, null, effort);
      case MODEL_INVALID, UNRECOGNIZED ->
          throw new IllegalStateException("CP-SAT: " + solver.response().getSolutionInfo());
    };
  }

  private Map<Integer, BoolVar> hostsOf(int partition) {
    int given = occupancy.hosts()[partition];
    return IntStream.range(0, problem.offers().size())
        .filter(
            client ->
                given == Occupancy.NOWHERE ? occupancy.fits(partition, client) : given == client)
        .filter(client -> ticks(problem.compute().seconds(partition, client)) <= limit)
        .boxed()
        .collect(
            Collectors.toMap(
                client -> client,
                client -> model.newBoolVar(""),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  private long ticks(double seconds) {
    return (long) Math.floor(seconds / tick);
  }

  private void limit(int client) {
    List<Literal> partitions = new ArrayList<>();
    LinearExprBuilder computing = LinearExpr.newBuilder();
    LinearExprBuilder bytes = LinearExpr.newBuilder();
    LinearExprBuilder sending = LinearExpr.newBuilder();
    LinearExprBuilder receiving = LinearExpr.newBuilder();
    for (int partition = 0; partition < choices.size(); partition++) {
      BoolVar taken = choices.get(partition).get(client);
      if (taken == null) {
        continue;
      }
      partitions.add(taken);
      computing.addTerm(taken, ticks(problem.compute().seconds(partition, client)));
      bytes.addTerm(taken, problem.demands().get(partition).memoryBytes());
      sending.add(exchange(partition, client, taken, true));
      receiving.add(exchange(partition, client, taken, false));
    }
    if (!problem.severalPerClient()) {
      model.addAtMostOne(partitions.toArray(Literal[]::new));
    }
    model.addLessOrEqual(bytes, problem.offers().get(client).memoryBytes());
    model.addLessOrEqual(computing, limit);
    model.addLessOrEqual(sending, limit);
    model.addLessOrEqual(receiving, limit);
  }

  /** Ticks that a client is busy for a partition's tensors in one direction, when it hosts it. */
  private IntVar exchange(int partition, int client, BoolVar taken, boolean sends) {
    int next = (partition + 1) % choices.size();
    int before = (partition + choices.size() - 1) % choices.size();
    LinearExprBuilder needed = LinearExpr.newBuilder();
    for (int neighbour : new int[] {next, before}) {
      choices
          .get(neighbour)
          .forEach(
              (other, there) -> needed.addTerm(there, ticks(busySeconds(client, other, sends))));
    }
    IntVar busy = model.newIntVar(0, limit, "");
    model.addGreaterOrEqual(busy, needed).onlyEnforceIf(taken);
    return busy;
  }

  private double busySeconds(int client, int other, boolean sends) {
    if (client == other) {
      return 0;
    }
    return sends
        ? problem.links().busySeconds(client, other)
        : problem.links().busySeconds(other, client);
  }

  private List<Integer> read(CpSolver solver) {
    return choices.stream()
        .map(
            row ->
                row.entrySet().stream()
                    .filter(choice -> solver.booleanValue(choice.getValue()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  /** Whether this is a model of the problem, of not too many terms: it knows one owner only. */
  static boolean models(PlacementProblem problem, long mostTerms) {
    return problem.owners().size() == 1 && size(problem) <= mostTerms;
  }

  private static long size(PlacementProblem problem) {
    long clients = problem.offers().size();
    return Arrays.stream(new long[] {problem.demands().size(), clients, clients, 4})
        .reduce(1, Math::multiplyExact);
  }
}

package dev.titanic.protocol;

import dev.titanic.protocol.masks.MaskingKey;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Announcement;
import dev.titanic.schemas.edge.Message.Proposal;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.state.PartitionState;
import dev.titanic.schemas.state.RunState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole job in one thread: coordinator, owners and stages over channels with arbitrary delays,
 * with barriers, failures and restarts on other columns, all drawn from one seed.
 *
 * <p>A channel keeps its order; which channel delivers next is arbitrary. Barriers align as in
 * Flink: a subtask takes nothing more from a channel whose barrier it has until it has all of them.
 * The feedback edge carries no barriers.
 */
final class Simulation {
  /**
   * What is simulated.
   *
   * @param seats columns; with more clients, others may sit there after a restart
   * @param masked whether owners mask what they give to sums
   */
  record Scenario(
      int stages,
      List<String> clients,
      int seats,
      Turns turns,
      Handover handover,
      @Nullable Concurrency concurrency,
      boolean masked,
      int microBatches,
      Routing routing) {

    Scenario withMasks() {
      return new Scenario(
          stages, clients, seats, turns, handover, concurrency, true, microBatches, routing);
    }

    List<String> owners() {
      return concurrency == null ? turns.owners() : concurrency.owners();
    }

    /** Clients without data: a seat that a client leaves may go to any of them. */
    List<String> hosts() {
      return clients.stream().filter(client -> !owners().contains(client)).toList();
    }

    /** Number of states of a partition. */
    int copies(int row) {
      return row == Address.OWNER && concurrency != null ? concurrency.owners().size() : 1;
    }
  }

  /** Chooses edges; {@link Edge#of} in the product. */
  @FunctionalInterface
  interface Routing {
    Edge of(Address at, Address to, Message message, int stages);
  }

  private static final int EVALUATION_SEQUENCES = 5;
  private static final String STALE = "stale";

  private final Scenario scenario;
  private final Random random;

  private Checkpoint lastCheckpoint;
  private Attempt attempt;
  private int failures;
  private int checkpoints;
  private int substitutions;
  private int exports;
  private final Map<Long, Double> losses = new TreeMap<>();
  private final Set<Long> evaluated = new HashSet<>();
  private Map<String, Float> exported = Map.of();
  private boolean finished;

  Simulation(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.random = new Random(seed);
    this.lastCheckpoint = new Checkpoint(RunState.FRESH);
    this.attempt = new Attempt();
  }

  /** Runs to the end; fails when nothing can happen any more before it. */
  void run() {
    while (!finished) {
      if (random.nextInt(400) == 0) {
        failures++;
        attempt = new Attempt();
      }
      if (random.nextInt(60) == 0) {
        attempt.triggerCheckpoint();
      }
      if (random.nextInt(80) == 0) {
        attempt.ask();
      }
      attempt.happen();
    }
  }

  int failures() {
    return failures;
  }

  int checkpoints() {
    return checkpoints;
  }

  /** How often a client that was gone was replaced. */
  int substitutions() {
    return substitutions;
  }

  /** How often the model was exported, the last time included. */
  int exports() {
    return exports;
  }

  List<Double> losses() {
    return List.copyOf(losses.values());
  }

  Map<String, Float> exported() {
    return exported;
  }

  Set<Long> evaluated() {
    return evaluated;
  }

  private List<String> randomHosts() {
    List<String> hosts = new ArrayList<>();
    for (int stage = 1; stage <= scenario.stages(); stage++) {
      hosts.add(scenario.clients().get(random.nextInt(scenario.clients().size())));
    }
    return hosts;
  }

  /** A snapshot of the job. */
  private static final class Checkpoint {
    final RunState coordinator;
    final Map<Integer, List<PartitionState>> partitions = new HashMap<>();

    Checkpoint(RunState coordinator) {
      this.coordinator = coordinator;
    }

    /** Every snapshot holds each copy once, all at the coordinator's step. */
    void requireConsistent(Scenario scenario) {
      for (int row = 0; row <= scenario.stages(); row++) {
        List<PartitionState> states = partitions.getOrDefault(row, List.of());
        if (states.size() != (coordinator.hosts().isEmpty() ? 0 : scenario.copies(row))
            || states.stream().map(PartitionState::copyOf).distinct().count() != states.size()
            || states.stream().anyMatch(state -> state.version() != coordinator.step())) {
          throw new IllegalStateException(
              "a snapshot at step %d holds %s".formatted(coordinator.step(), partitions));
        }
      }
    }
  }

  private record Item(Address from, Address to, @Nullable Message message) {}

  private record Channel(Edge edge, Address from, Address to) {}

  /** One execution of the job, until a failure ends it. */
  private final class Attempt implements CoordinatorPort, RunJournal {
    final CoordinatorProtocol coordinator;
    private final int columns = scenario.seats();
    private final Map<Address, PartitionProtocol> cells = new LinkedHashMap<>();
    private final AggregatorProtocol aggregator =
        new AggregatorProtocol((to, message) -> route(Address.aggregator(), to, message));
    private final Map<Channel, Queue<Item>> channels = new LinkedHashMap<>();
    private final Map<Address, Queue<Item>> mailboxes = new LinkedHashMap<>();
    private final Map<Address, Set<Channel>> aligning = new HashMap<>();
    private @Nullable Checkpoint pending;
    private boolean triggered;
    private int missingSnapshots;
    private boolean wake;
    private boolean ended;
    private int committedWhilePaused;

    Attempt() {
      List<String> clientOfColumn = seated();
      ToyModel model = new ToyModel(scenario.stages(), scenario.owners().size());
      coordinator = new CoordinatorProtocol(plan(), lastCheckpoint.coordinator, this, this);
      for (int column = 0; column < columns; column++) {
        String client = clientOfColumn.get(column);
        for (int row = 0; row <= scenario.stages(); row++) {
          Address self = new Address(row, column);
          Outbox outbox = (to, message) -> route(self, to, message);
          cells.put(
              self,
              row == Address.OWNER
                  ? new OwnerProtocol(self, model, () -> data(client), maskingKey(), outbox)
                  : new StageProtocol(self, model, outbox));
        }
      }
      restore();
      cells.forEach((self, cell) -> announce(self, clientOfColumn, cell));
    }

    private @Nullable MaskingKey maskingKey() {
      return scenario.masked() ? MaskingKey.generate() : null;
    }

    /** The owners and some of the others, each in any column. */
    private List<String> seated() {
      List<String> others = new ArrayList<>(scenario.hosts());
      Collections.shuffle(others, random);
      List<String> seated = new ArrayList<>(scenario.owners());
      seated.addAll(others.subList(0, scenario.seats() - seated.size()));
      Collections.shuffle(seated, random);
      return seated;
    }

    /** Somebody wants something of the run: the operator, or the placement. */
    void ask() {
      switch (random.nextInt(6)) {
        case 0 -> propose(0, "simulated");
        case 1 -> propose(1 + random.nextInt(2), STALE);
        case 2 -> order();
        case 3 -> {
          committedWhilePaused = 0;
          coordinator.pause();
        }
        case 4 -> coordinator.export();
        default -> coordinator.place(randomHosts(), "simulated");
      }
    }

    private void propose(int epochsAgo, String reason) {
      long epoch = coordinator.state().epoch() - epochsAgo;
      coordinator.on(Address.placement(), new Proposal(epoch, randomHosts(), reason, 1, 0, 0));
    }

    private void order() {
      Map<String, String> moves = new HashMap<>();
      List<String> hosts = randomHosts();
      for (int stage = 1; stage <= hosts.size(); stage++) {
        moves.put(Hosting.name(stage), hosts.get(stage - 1));
      }
      try {
        coordinator.move(moves);
      } catch (RefusedOrder toAClientThatIsNotThere) {
        // as in the product, the run goes on
      }
    }

    private OwnerData data(String client) {
      return ToyModel.data(client, EVALUATION_SEQUENCES, random);
    }

    private PartitionProtocol cell(Address self) {
      return Objects.requireNonNull(cells.get(self));
    }

    private RunPlan plan() {
      List<String> hosts = new ArrayList<>();
      for (int stage = 1; stage <= scenario.stages(); stage++) {
        hosts.add(scenario.clients().get(stage % scenario.clients().size()));
      }
      return new RunPlan(
          scenario.clients(),
          hosts,
          scenario.turns(),
          scenario.handover(),
          scenario.concurrency(),
          scenario.microBatches(),
          LearningRate.constant(1),
          0,
          1000,
          new RunPlan.EvaluationPlan(true, 3, 1000, 2),
          HostMemory.UNKNOWN);
    }

    /** Deals states to arbitrary columns, as a rescaled or rescheduled restore does. */
    private void restore() {
      lastCheckpoint.partitions.forEach(
          (row, states) -> {
            for (PartitionState state : states) {
              cell(new Address(row, random.nextInt(columns))).restore(state);
            }
          });
    }

    private void announce(Address self, List<String> clients, PartitionProtocol cell) {
      String client = clients.get(self.column());
      route(
          self,
          Address.coordinator(),
          new Announcement(client, "p-" + client, columns, cell.held(), cell.maskingKey()));
    }

    void triggerCheckpoint() {
      if (!triggered && pending == null && !ended) {
        triggered = true;
        coordinator.awaitBarrier();
      }
    }

    /** Lets one arbitrary thing happen that can happen. */
    void happen() {
      List<Runnable> possible = new ArrayList<>();
      mailboxes.forEach(
          (self, mails) -> {
            if (!mails.isEmpty()) {
              possible.add(() -> deliver(mails.remove()));
            }
          });
      channels.forEach(
          (channel, items) -> {
            if (!items.isEmpty() && !isBlocked(channel)) {
              possible.add(() -> take(channel, items.remove()));
            }
          });
      cells.forEach(
          (self, cell) -> {
            if (cell.mayProceed()) {
              possible.add(cell::proceed);
            }
          });
      if (triggered && !coordinator.transactionIsOpen()) {
        possible.add(this::emitBarrier);
      }
      if (wake) {
        possible.add(this::advance);
      }
      if (coordinator.state().orders().paused()) {
        possible.add(coordinator::resume);
      }
      if (possible.isEmpty()) {
        throw new IllegalStateException("deadlock: waiting for " + coordinator.waitsFor());
      }
      possible.get(random.nextInt(possible.size())).run();
    }

    private void advance() {
      wake = false;
      coordinator.advance();
    }

    private boolean isBlocked(Channel channel) {
      return aligning.getOrDefault(channel.to(), Set.of()).contains(channel);
    }

    private void emitBarrier() {
      triggered = false;
      pending = new Checkpoint(coordinator.state());
      missingSnapshots = cells.size() + 1; // and the aggregator's, which is empty
      for (int column = 0; column < columns; column++) {
        barrier(Edge.FORWARD, Address.coordinator(), new Address(Address.OWNER, column));
      }
      coordinator.barrierHasLeft();
    }

    private void barrier(Edge edge, Address from, Address to) {
      queue(new Channel(edge, from, to)).add(new Item(from, to, null));
    }

    private Queue<Item> queue(Channel channel) {
      return channels.computeIfAbsent(channel, any -> new ArrayDeque<>());
    }

    /** Sends a message, or passes one on, over the edge that it takes from here. */
    private void route(Address at, Address to, Message message) {
      route(at, new Item(at, to, message));
    }

    private void route(Address at, Item item) {
      Message message = Objects.requireNonNull(item.message());
      Edge edge = scenario.routing().of(at, item.to(), message, scenario.stages());
      switch (edge) {
        case SELF -> mailbox(at).add(item);
        case FORWARD ->
            queue(new Channel(edge, at, new Address(at.row() + 1, item.to().column()))).add(item);
        case HEAD, AGGREGATION -> queue(new Channel(edge, at, item.to())).add(item);
        case PLACEMENT -> {} // told, and here not listened to
        case FEEDBACK, FEEDBACK_SERVER -> {
          Address tail = new Address(Integer.MAX_VALUE, item.to().column());
          queue(new Channel(edge, at, tail)).add(item);
        }
      }
    }

    private Queue<Item> mailbox(Address self) {
      return mailboxes.computeIfAbsent(self, any -> new ArrayDeque<>());
    }

    private void take(Channel channel, Item item) {
      if (item.message() == null) {
        align(channel);
      } else if (channel.edge() == Edge.FEEDBACK || channel.edge() == Edge.FEEDBACK_SERVER) {
        mailbox(item.to()).add(item);
      } else if (channel.to().equals(item.to())) {
        deliver(item);
      } else {
        route(channel.to(), item);
      }
    }

    private void align(Channel channel) {
      Address self = channel.to();
      Set<Channel> arrived = aligning.computeIfAbsent(self, any -> new HashSet<>());
      arrived.add(channel);
      if (arrived.size() < inputs(self.row())) {
        return;
      }
      aligning.remove(self);
      snapshot(self);
      if (self.row() == Address.AGGREGATOR) {
        return;
      }
      if (self.row() == Address.OWNER) {
        barrier(Edge.AGGREGATION, self, Address.aggregator());
      }
      for (int column = 0; column < columns; column++) {
        if (self.row() < scenario.stages()) {
          barrier(Edge.FORWARD, self, new Address(self.row() + 1, column));
        }
        if (self.row() == Address.OWNER && scenario.stages() > 1) {
          barrier(Edge.HEAD, self, new Address(scenario.stages(), column));
        }
      }
    }

    private int inputs(int row) {
      if (row == Address.OWNER) {
        return 1;
      }
      return row == scenario.stages() && row > 1 ? 2 * columns : columns;
    }

    private void snapshot(Address self) {
      Checkpoint checkpoint = Objects.requireNonNull(pending);
      if (self.row() != Address.AGGREGATOR) {
        checkpoint
            .partitions
            .computeIfAbsent(self.row(), row -> new ArrayList<>())
            .addAll(cell(self).snapshot());
      } else if (!aggregator.idle()) {
        throw new IllegalStateException("a snapshot within an aggregation");
      }
      missingSnapshots--;
      if (missingSnapshots == 0) {
        checkpoint.requireConsistent(scenario);
        lastCheckpoint = checkpoint;
        pending = null;
        checkpoints++;
      }
    }

    private void deliver(Item item) {
      Message message = Objects.requireNonNull(item.message());
      Address to = item.to();
      if (to.row() == Address.COORDINATOR) {
        coordinator.on(item.from(), message);
      } else if (to.row() == Address.AGGREGATOR) {
        requireMasked(message);
        aggregator.on(item.from(), message);
      } else {
        cell(to).on(item.from(), message);
      }
    }

    /** Between two averages a copy is its owner's alone. */
    private void requireAverage() {
      Concurrency concurrency = scenario.concurrency();
      RunState state = coordinator.state();
      if (scenario.masked()
          && concurrency != null
          && concurrency.averagesWeights()
          && state.round().aggregatedStep() < state.step()) {
        throw new IllegalStateException("an export shows the server one owner's copy");
      }
    }

    private void requireMasked(Message message) {
      if (scenario.masked()
          && ((Message.Contribution) message).tensor().spec().type() != ElementType.INT64) {
        throw new IllegalStateException("the server got " + message);
      }
    }

    @Override
    public void send(Address to, Message message) {
      route(Address.coordinator(), to, message);
    }

    @Override
    public void wakeLater() {
      wake = true;
    }

    @Override
    public ModelSink openModel() {
      requireAverage();
      Map<String, Float> weights = new HashMap<>();
      return new ModelSink() {
        @Override
        public void put(String name, TensorData tensor) {
          weights.put(name, ToyModel.weight(tensor));
        }

        @Override
        public void finish() {
          exported = weights;
          exports++;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void end() {
      ended = true;
      finished = true;
    }

    @Override
    public void placing() {}

    @Override
    public void placed(
        long step, long epoch, List<String> hosts, String reason, @Nullable Solved solved) {
      if (reason.equals(STALE)) {
        throw new IllegalStateException("a proposal for another epoch was followed");
      }
      if (reason.contains("is gone")) {
        substitutions++;
      }
    }

    @Override
    public void exported(long step) {}

    @Override
    public void stepCommitted(StepReport report) {
      if (coordinator.state().orders().paused() && ++committedWhilePaused > 1) {
        throw new IllegalStateException("a step began while the run was paused");
      }
      Double before = losses.put(report.step(), report.loss());
      if (before != null && before != report.loss()) {
        throw new IllegalStateException("step " + report.step() + " was repeated otherwise");
      }
    }

    @Override
    public void stepSkipped(long step, String owner, long skipped) {}

    @Override
    public void turnOver(String owner, long steps) {}

    @Override
    public void passedOver(long step, String owner, int microBatches) {}

    @Override
    public void starved(long step, String owner) {}

    @Override
    public void evaluated(long step, String after, double loss, long targets) {
      if (targets != EVALUATION_SEQUENCES) {
        throw new IllegalStateException("evaluated " + targets + " targets");
      }
      evaluated.add(step);
    }

    @Override
    public void finished(long step) {}

    @Override
    public void stopped(long step) {
      throw new IllegalStateException("nobody has stopped the run at step " + step);
    }
  }
}

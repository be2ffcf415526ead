package dev.titanic.placement;

/**
 * One step of a pipeline, event by event: a task that is done, or a tensor that has arrived.
 *
 * <p>Micro-batches are those of the owners in rotation. They overtake each other nowhere but on the
 * way from different owners, where the stage that receives them keeps their order; so counting them
 * says which is next, and whose it is.
 */
final class PipelineRun {
  private static final int FORWARD = 0;
  private static final int HEAD = 1;
  private static final int BACKWARD = 2;
  private static final int KINDS = 3;

  private final PlacementProblem problem;
  private final Cells cells;
  private final int owners;

  /** Seconds of each kind of task of each cell. */
  private final double[] taskSeconds;

  /** Tasks of each kind and cell that could start now. */
  private final int[] ready;

  /** By place: whether it computes, and when it can send and receive again. */
  private final boolean[] computing;

  private final double[] sendsAgain;
  private final double[] receivesAgain;

  /**
   * Event: task of {@code cell * KINDS + kind}; done when below {@link #arrivals}, else arrived
   * from the owner or stage that sent it, as {@code arrivals + task * cells + sender}.
   */
  private final EventQueue events = new EventQueue();

  private final int arrivals;

  /** By owner: its micro-batches. */
  private final int[] started;

  private final int[] finished;

  /** From owners: hidden states for the first stage, gradients of heads for the last one. */
  private final InTurn hiddenStates;

  private final InTurn headGradients;

  /** Micro-batches that the last stage has sent to their owners, and the first one. */
  private int forwarded;

  private int returned;
  private double now;

  /**
   * @param hosts of the first owner's partition and of the stages
   */
  PipelineRun(PlacementProblem problem, int[] hosts) {
    this.problem = problem;
    this.cells = new Cells(problem);
    cells.host(hosts, hosts.length);
    this.owners = cells.owners();
    this.arrivals = cells.count() * KINDS;
    this.taskSeconds = new double[arrivals];
    this.ready = new int[arrivals];
    this.computing = new boolean[cells.count()];
    this.sendsAgain = new double[cells.count()];
    this.receivesAgain = new double[cells.count()];
    this.started = new int[owners];
    this.finished = new int[owners];
    this.hiddenStates = new InTurn(owners);
    this.headGradients = new InTurn(owners);
    for (int cell = 0; cell < cells.count(); cell++) {
      divide(cell);
    }
  }

  private void divide(int cell) {
    int partition = cells.partition(cell);
    Demand demand = problem.demands().get(partition);
    double whole = problem.compute().seconds(partition, cells.client(cell));
    taskSeconds[task(cell, FORWARD)] = Passes.forward(demand, whole);
    taskSeconds[task(cell, HEAD)] = Passes.head(demand, whole);
    taskSeconds[task(cell, BACKWARD)] = Passes.backward(demand, whole);
  }

  private static int task(int cell, int kind) {
    return cell * KINDS + kind;
  }

  double seconds() {
    for (int owner = 0; owner < owners; owner++) {
      admit(owner);
    }
    while (!events.isEmpty()) {
      now = events.firstTime();
      int event = events.poll();
      if (event < arrivals) {
        done(event / KINDS, event % KINDS);
      } else {
        int task = (event - arrivals) / cells.count();
        arrived(task, (event - arrivals) % cells.count());
        startNext(cells.place(task / KINDS));
      }
    }
    for (int owner = 0; owner < owners; owner++) {
      if (finished[owner] != problem.microBatches()) {
        throw new IllegalStateException(
            "%d of %d micro-batches came back".formatted(finished[owner], problem.microBatches()));
      }
    }
    return now;
  }

  /** The owner takes more micro-batches, as far as its window goes: K + 1 of all owners' on. */
  private void admit(int owner) {
    while (started[owner] < problem.microBatches() && mayStart(started[owner] - finished[owner])) {
      started[owner]++;
      ready[task(owner, FORWARD)]++;
    }
    startNext(cells.place(owner));
  }

  private boolean mayStart(int underWay) {
    return underWay == 0 || underWay * owners < cells.stages() + 1;
  }

  private void done(int cell, int kind) {
    computing[cells.place(cell)] = false;
    switch (kind) {
      case FORWARD -> send(cell, behind(cell));
      case HEAD ->
          send(cell, task(cells.stages() == 0 ? cell : cells.ofStage(cells.stages()), BACKWARD));
      default -> {
        if (cells.isOwner(cell)) {
          finished[cell]++;
          admit(cell);
        } else {
          send(cell, task(before(cell), BACKWARD));
        }
      }
    }
    startNext(cells.place(cell));
  }

  /** Task behind a forward pass. */
  private int behind(int cell) {
    int partition = cells.partition(cell);
    if (partition < cells.stages()) {
      return task(cells.ofStage(partition + 1), FORWARD);
    }
    return task(cells.isOwner(cell) ? cell : forwarded++ % owners, HEAD);
  }

  /** Cell before a stage, on the micro-batch's way. */
  private int before(int stage) {
    return cells.partition(stage) == 1 ? returned++ % owners : stage - 1;
  }

  private void send(int cell, int task) {
    int from = cells.place(cell);
    int to = cells.place(task / KINDS);
    if (from == to) {
      arrived(task, cell);
      return;
    }
    int sender = cells.client(cell);
    int receiver = cells.client(task / KINDS);
    double start = Math.max(now, Math.max(sendsAgain[from], receivesAgain[to]));
    double busyUntil = start + problem.links().busySeconds(sender, receiver);
    sendsAgain[from] = busyUntil;
    receivesAgain[to] = busyUntil;
    events.add(
        start + problem.links().seconds(sender, receiver), arrivals + task * cells.count() + cell);
  }

  private void arrived(int task, int sender) {
    if (!cells.isOwner(sender) || cells.isOwner(task / KINDS)) {
      ready[task]++;
    } else {
      ready[task] += (task % KINDS == FORWARD ? hiddenStates : headGradients).add(sender);
    }
  }

  private void startNext(int place) {
    if (computing[place]) {
      return;
    }
    int task = choose(place);
    if (task >= 0) {
      ready[task]--;
      computing[place] = true;
      events.add(now + taskSeconds[task], task);
    }
  }

  /** What is nearest to the end of the micro-batch's way; -1 when nothing is ready. */
  private int choose(int place) {
    for (int cell = place; cell < cells.count(); cell++) {
      if (cells.place(cell) == place && ready[task(cell, BACKWARD)] > 0) {
        return task(cell, BACKWARD);
      }
    }
    if (cells.isOwner(place) && ready[task(place, HEAD)] > 0) {
      return task(place, HEAD);
    }
    for (int cell = cells.count() - 1; cell >= place; cell--) {
      if (cells.place(cell) == place && ready[task(cell, FORWARD)] > 0) {
        return task(cell, FORWARD);
      }
    }
    return -1;
  }

  /** Keeps the order of micro-batches that come from owners, who give them in rotation. */
  private static final class InTurn {
    private final int[] come;
    private int next;

    InTurn(int owners) {
      this.come = new int[owners];
    }

    /**
     * One more of this owner has come; returns how many can be served now that could not before.
     */
    int add(int owner) {
      come[owner]++;
      int before = next;
      while (come[next % come.length] > next / come.length) {
        next++;
      }
      return next - before;
    }
  }
}

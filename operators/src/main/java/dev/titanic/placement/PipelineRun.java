package dev.titanic.placement;

/**
 * One step of a pipeline, event by event: a task that is done, or a tensor that has arrived.
 *
 * <p>Micro-batches overtake each other nowhere, so that counting them says which is next.
 */
final class PipelineRun {
  private static final int FORWARD = 0;
  private static final int HEAD = 1;
  private static final int BACKWARD = 2;
  private static final int KINDS = 3;

  private final PlacementProblem problem;
  private final int rows;
  private final int microBatches;

  /** Client of each row, as the index of the first row that it hosts. */
  private final int[] places;

  private final int[] hosts;

  /** Seconds of each kind of task of each row. */
  private final double[] taskSeconds;

  /** Tasks of each kind and row that could start now. */
  private final int[] ready;

  /** By place: whether it computes, and when it can send and receive again. */
  private final boolean[] computing;

  private final double[] sendsAgain;
  private final double[] receivesAgain;

  /** Event: task of {@code row * KINDS + kind}; done when below {@link #arrivals}, else arrived. */
  private final EventQueue events = new EventQueue();

  private final int arrivals;
  private int started;
  private int finished;
  private double now;

  PipelineRun(PlacementProblem problem, int[] hosts) {
    this.problem = problem;
    this.hosts = hosts;
    this.rows = hosts.length;
    this.microBatches = problem.microBatches();
    this.arrivals = rows * KINDS;
    this.places = new int[rows];
    this.taskSeconds = new double[arrivals];
    this.ready = new int[arrivals];
    this.computing = new boolean[rows];
    this.sendsAgain = new double[rows];
    this.receivesAgain = new double[rows];
    for (int row = 0; row < rows; row++) {
      places[row] = Places.of(hosts, row);
      divide(row);
    }
  }

  private void divide(int row) {
    Demand demand = problem.demands().get(row);
    double whole = problem.compute().seconds(row, hosts[row]);
    taskSeconds[row * KINDS + FORWARD] = Passes.forward(demand, whole);
    taskSeconds[row * KINDS + HEAD] = Passes.head(demand, whole);
    taskSeconds[row * KINDS + BACKWARD] = Passes.backward(demand, whole);
  }

  double seconds() {
    admit();
    while (!events.isEmpty()) {
      now = events.firstTime();
      int event = events.poll();
      if (event < arrivals) {
        done(event / KINDS, event % KINDS);
      } else {
        arrived(event - arrivals);
      }
    }
    if (finished != microBatches) {
      throw new IllegalStateException(
          "%d of %d micro-batches came back".formatted(finished, microBatches));
    }
    return now;
  }

  /** The owner takes more micro-batches, as far as its window goes: K + 1 under way. */
  private void admit() {
    while (started < microBatches && started - finished < rows) {
      started++;
      ready[FORWARD]++;
    }
    startNext(places[0]);
  }

  private void done(int row, int kind) {
    int place = places[row];
    computing[place] = false;
    switch (kind) {
      case FORWARD -> send(row, row + 1 == rows ? HEAD : (row + 1) * KINDS + FORWARD);
      case HEAD -> send(row, (rows - 1) * KINDS + BACKWARD);
      default -> {
        if (row > 0) {
          send(row, (row - 1) * KINDS + BACKWARD);
        } else {
          finished++;
          admit();
        }
      }
    }
    startNext(place);
  }

  private void send(int row, int task) {
    int from = places[row];
    int to = places[task / KINDS];
    if (from == to) {
      ready[task]++;
      return;
    }
    int sender = hosts[row];
    int receiver = hosts[task / KINDS];
    double start = Math.max(now, Math.max(sendsAgain[from], receivesAgain[to]));
    double busyUntil = start + problem.links().busySeconds(sender, receiver);
    sendsAgain[from] = busyUntil;
    receivesAgain[to] = busyUntil;
    events.add(start + problem.links().seconds(sender, receiver), arrivals + task);
  }

  private void arrived(int task) {
    ready[task]++;
    startNext(places[task / KINDS]);
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
    for (int row = place; row < rows; row++) {
      if (places[row] == place && ready[row * KINDS + BACKWARD] > 0) {
        return row * KINDS + BACKWARD;
      }
    }
    if (place == 0 && ready[HEAD] > 0) {
      return HEAD;
    }
    for (int row = rows - 1; row >= place; row--) {
      if (places[row] == place && ready[row * KINDS + FORWARD] > 0) {
        return row * KINDS + FORWARD;
      }
    }
    return -1;
  }
}

package dev.titanic.job.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** Fails a random operator at a random moment, once in each of a number of attempts. */
final class RandomFailures implements Probe {
  private record Target(String operator, Moment moment) {}

  private final List<Target> targets = new ArrayList<>();
  private final Random random;
  private final CountDownLatch left;
  private Target next;
  private int countdown;
  private int lastAttempt = -1;

  RandomFailures(int stages, int failures, long seed) {
    this.random = new Random(seed);
    this.left = new CountDownLatch(failures);
    addTargets("coordinator", List.of(Moment.INPUT)); // its input are commands: there are none
    addTargets("owner", List.of());
    for (int k = 1; k <= stages; k++) {
      addTargets("stage-" + k, List.of());
    }
    addTargets("feedback", List.of(Moment.MAIL)); // tails hand over, they get no mail
    addTargets("feedback-server", List.of(Moment.MAIL));
    choose();
  }

  /** The aggregator of several owners at once may fail too. */
  RandomFailures andTheAggregator() {
    addTargets("aggregator", List.of(Moment.MAIL)); // small sums go out in one frame
    return this;
  }

  private void addTargets(String operator, List<Moment> never) {
    for (Moment moment : Moment.values()) {
      if (!never.contains(moment)) {
        targets.add(new Target(operator, moment));
      }
    }
  }

  private void choose() {
    next = targets.get(random.nextInt(targets.size()));
    countdown = 1 + random.nextInt(mostCalls(next.moment));
  }

  /** So few that each comes within a handful of steps or checkpoints. */
  private static int mostCalls(Moment moment) {
    return switch (moment) {
      case OPEN -> 2;
      case INPUT -> 12;
      case MAIL -> 40;
      case BEFORE_BARRIER, SNAPSHOT, NOTIFICATION -> 4;
    };
  }

  @Override
  public synchronized void reached(String operator, int attempt, Moment moment) {
    if (left.getCount() == 0
        || attempt == lastAttempt
        || !operator.equals(next.operator)
        || moment != next.moment
        || --countdown > 0) {
      return;
    }
    lastAttempt = attempt;
    left.countDown();
    choose();
    throw new InjectedFailure(operator + " in " + moment);
  }

  /** Waits until the last failure has been thrown. */
  void awaitLast() throws InterruptedException {
    left.await();
  }

  private static final class InjectedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InjectedFailure(String where) {
      super("injected: " + where);
    }
  }
}

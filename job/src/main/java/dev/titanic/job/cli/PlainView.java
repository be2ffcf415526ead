package dev.titanic.job.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Whole lines, at most one every ten seconds, for output that is kept. */
final class PlainView implements ProgressView {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final PrintStream out;
  private final OptionalLong steps;
  private final Clock clock;

  private @Nullable Instant firstStepAt;
  private long firstStep;
  private Instant lastLineAt = Instant.MIN;

  PlainView(PrintStream out, OptionalLong steps, Clock clock) {
    this.out = out;
    this.steps = steps;
    this.clock = clock;
  }

  @Override
  public void step(long step, String details) {
    Instant now = clock.instant();
    if (firstStepAt == null) {
      firstStepAt = now;
      firstStep = step;
    }
    if (isLast(step) || !now.isBefore(lastLineAt.plus(INTERVAL))) {
      lastLineAt = now;
      String ofAll = steps.isPresent() ? "/" + steps.getAsLong() : "";
      out.printf("step %d%s, %s%s%n", step, ofAll, details, timeLeft(firstStepAt, step, now));
    }
  }

  private boolean isLast(long step) {
    return steps.isPresent() && step >= steps.getAsLong();
  }

  private String timeLeft(Instant start, long step, Instant now) {
    if (step <= firstStep || steps.isEmpty() || isLast(step)) {
      return "";
    }
    Duration perStep = Duration.between(start, now).dividedBy(step - firstStep);
    long seconds = perStep.multipliedBy(steps.getAsLong() - step).toSeconds();
    return String.format(", %d:%02d left", seconds / 60, seconds % 60);
  }

  @Override
  public void line(String line) {
    out.println(line);
  }

  @Override
  public void close() {
    out.flush();
  }
}

package dev.titanic.job.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whole lines, at most one every ten seconds, for output that is kept. */
final class PlainView implements ProgressView {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final PrintStream out;
  private final Scale scale;
  private final Clock clock;

  private @Nullable Instant firstAt;
  private long first;
  private Instant lastLineAt = Instant.MIN;

  PlainView(PrintStream out, Scale scale, Clock clock) {
    this.out = out;
    this.scale = scale;
    this.clock = clock;
  }

  @Override
  public void reached(long done, String details) {
    Instant now = clock.instant();
    if (firstAt == null) {
      firstAt = now;
      first = done;
    }
    if (scale.isEnd(done) || !now.isBefore(lastLineAt.plus(INTERVAL))) {
      lastLineAt = now;
      out.printf("%s, %s%s%n", scale.describe(done), details, timeLeft(firstAt, done, now));
    }
  }

  private String timeLeft(Instant start, long done, Instant now) {
    if (done <= first || scale.end().isEmpty() || scale.isEnd(done)) {
      return "";
    }
    Duration each = Duration.between(start, now).dividedBy(done - first);
    long seconds = each.multipliedBy(scale.end().getAsLong() - done).toSeconds();
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

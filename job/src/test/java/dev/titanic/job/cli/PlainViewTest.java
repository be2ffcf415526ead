package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class PlainViewTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final SetClock clock = new SetClock();

  private RunProgress progress(long steps) {
    return progress(OptionalLong.of(steps));
  }

  private RunProgress progress(OptionalLong steps) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new RunProgress(new PlainView(out, new Scale("step", steps), clock));
  }

  @Test
  void writesALineEveryTenSecondsAndAtTheEnd() {
    try (RunProgress progress = progress(10)) {
      for (int step = 1; step <= 10; step++) {
        progress.step(step, 5.0 - step / 10.0, Map.of("alice", 5.0), 1200.4);
        clock.advance(Duration.ofSeconds(4));
      }
    }

    assertThat(lines())
        .containsExactly(
            "step 1/10, loss 4.9000, 1200 tokens/s",
            "step 4/10, loss 4.6000, 1200 tokens/s, 0:24 left",
            "step 7/10, loss 4.3000, 1200 tokens/s, 0:12 left",
            "step 10/10, loss 4.0000, 1200 tokens/s");
  }

  @Test
  void namesTheOwnersWithTheLeastAndTheGreatestLoss() {
    try (RunProgress progress = progress(OptionalLong.empty())) {
      progress.step(1, 4, Map.of("alice", 4.5, "bob", 3.0, "carol", 4.25), 1000);
    }

    assertThat(lines())
        .containsExactly("step 1, loss 4.0000 (bob 3.0000 to alice 4.5000), 1000 tokens/s");
  }

  @Test
  void countsOnWhereTheEndIsNotKnown() {
    try (RunProgress progress = progress(OptionalLong.empty())) {
      progress.step(1, 5, Map.of(), 1000);
      clock.advance(Duration.ofSeconds(10));
      progress.step(2, 4, Map.of(), 1000);
    }

    assertThat(lines())
        .containsExactly(
            "step 1, loss 5.0000, 1000 tokens/s", "step 2, loss 4.0000, 1000 tokens/s");
  }

  @Test
  void writesEveryEvaluation() {
    try (RunProgress progress = progress(10)) {
      progress.evaluated(0, "start", 5.0, 148.4131);
    }

    assertThat(lines()).containsExactly("step 0, after start: perplexity 148.413, loss 5.0000");
  }

  @Test
  void writesWhatMovesAndWhy() {
    try (RunProgress progress = progress(10)) {
      progress.placed(0, Map.of("owner", "alice", "stage-1", "bob"), "as configured");
      progress.placed(0, Map.of("owner", "alice", "stage-1", "bob"), "as before the restart");
      progress.placed(5, Map.of("owner", "alice", "stage-1", "carol"), "carol is faster");
    }

    assertThat(lines()).containsExactly("step 5, moved stage-1 from bob to carol: carol is faster");
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static final class SetClock extends Clock {
    private Instant now = Instant.EPOCH;

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}

package dev.titanic.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titanic.job.run.EmbeddedRun;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Follows a run by what it writes to {@code progress.jsonl}. */
final class CommittedSteps implements AutoCloseable {
  private static final long LOOKS_MILLIS = 50;

  private final EmbeddedRun run;
  private final Path file;

  /** Asked for once: every question is a call to the cluster, which would be measured too. */
  private final CompletableFuture<?> end;

  private @Nullable BufferedReader reader;
  private long committed;

  CommittedSteps(EmbeddedRun run) {
    this.run = run;
    this.end = run.result();
    this.file = run.output().progress();
  }

  /**
   * Waits until so many steps are committed.
   *
   * @throws IllegalStateException when the run ends before
   */
  void await(long steps) throws Exception {
    boolean ended = false;
    while (readOn() < steps) {
      if (ended) {
        run.await();
        throw new IllegalStateException("the run ended after %d steps".formatted(committed));
      }
      ended = endsWithin(LOOKS_MILLIS);
    }
  }

  private boolean endsWithin(long millis) throws Exception {
    try {
      end.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillRunning) {
      return false;
    }
  }

  private long readOn() throws IOException {
    if (reader == null && Files.exists(file)) {
      reader = Files.newBufferedReader(file);
    }
    if (reader != null) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (ProgressRecord.fromJson(line.getBytes(UTF_8)) instanceof ProgressRecord.Step step) {
          committed = step.step();
        }
      }
    }
    return committed;
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}

package dev.titanic.coordinator;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * With it the coordinator ends its own input, so that the job finishes by itself, with a final
 * checkpoint.
 *
 * <p>Flink has no such call. But a source and what is chained to it share one thread per attempt,
 * and the reader is made before the chained operators are opened: it leaves the signal in a
 * thread-local, and the coordinator takes it from there.
 */
final class StopSignal {
  private static final ThreadLocal<@Nullable StopSignal> LEFT_BY_THE_READER = new ThreadLocal<>();

  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  private StopSignal() {}

  /** Called by the source, on the task thread, when it makes its reader. */
  static StopSignal leave() {
    StopSignal signal = new StopSignal();
    LEFT_BY_THE_READER.set(signal);
    return signal;
  }

  /**
   * Called by the chained operator in {@code open()}.
   *
   * @throws IllegalStateException when it is not chained to a {@link StoppableSource}
   */
  static StopSignal take() {
    StopSignal signal = LEFT_BY_THE_READER.get();
    if (signal == null) {
      throw new IllegalStateException("the coordinator must be chained to a stoppable source");
    }
    LEFT_BY_THE_READER.remove();
    return signal;
  }

  void stop() {
    stopped.complete(null);
  }

  /** Completes when the coordinator stops. */
  CompletableFuture<Void> stopped() {
    return stopped;
  }
}

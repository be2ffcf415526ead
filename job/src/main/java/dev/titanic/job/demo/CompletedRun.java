package dev.titanic.job.demo;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run left behind.
 *
 * @param output where
 * @param losses of the steps in order, in nats
 * @param evaluations losses on the held-out text, in nats: before the first step and after the last
 * @param seconds that the run took
 */
public record CompletedRun(
    OutputDirectory output, List<Double> losses, List<Double> evaluations, double seconds) {
  public CompletedRun {
    losses = List.copyOf(losses);
    evaluations = List.copyOf(evaluations);
  }

  /** Reads {@code progress.jsonl}. */
  public static CompletedRun read(OutputDirectory output) throws IOException {
    List<Double> losses = new ArrayList<>();
    List<Double> evaluations = new ArrayList<>();
    double seconds = 0;
    for (String line : Files.readAllLines(output.progress())) {
      ProgressRecord record = ProgressRecord.fromJson(line.getBytes(StandardCharsets.UTF_8));
      if (record instanceof ProgressRecord.Step step) {
        losses.add(step.loss());
      } else if (record instanceof ProgressRecord.Evaluation evaluation) {
        evaluations.add(evaluation.loss());
      } else if (record instanceof ProgressRecord.End end) {
        seconds = end.seconds();
      }
    }
    return new CompletedRun(output, losses, evaluations, seconds);
  }

  /** Loss on the held-out text before the first step. */
  public double lossOfBase() {
    return evaluations.get(0);
  }

  /** Loss on the held-out text after the last step. */
  public double loss() {
    return evaluations.get(evaluations.size() - 1);
  }

  /** The trained model. */
  public Path model() {
    return output.model();
  }

  /** Whether both runs had the same losses and ended with the same weights, to the last bit. */
  public boolean isSameAs(CompletedRun other) throws IOException {
    return losses.equals(other.losses)
        && evaluations.equals(other.evaluations)
        && Files.mismatch(weights(), other.weights()) < 0;
  }

  private Path weights() {
    return model().resolve("model.safetensors");
  }
}

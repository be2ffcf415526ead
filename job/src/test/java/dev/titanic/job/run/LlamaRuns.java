package dev.titanic.job.run;

import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs of one owner that trains the golden llama, in steps of two micro-batches.
 *
 * @param directory in which their outputs are
 */
record LlamaRuns(EmbeddedBroker broker, Path directory) {
  static final String TOPIC = "titanic.data.alice";
  private static final int MICRO_BATCHES = 2;

  /** As many as so many steps read. */
  static List<byte[]> records(int steps) throws IOException {
    return GoldenRun.of("llama").recordsFor(steps * MICRO_BATCHES);
  }

  /** Of the records in {@link #TOPIC}, with K stages on as many clients besides the owner. */
  JobConfig config(int stages, int steps, String output) throws IOException {
    return config(TOPIC, stages, steps, output);
  }

  JobConfig config(String topic, int stages, int steps, String output) throws IOException {
    return TrainingRuns.config(
        GoldenRun.of("llama").model(),
        stages,
        steps,
        MICRO_BATCHES,
        broker.bootstrapServers(),
        topic,
        directory.resolve(output));
  }
}

package dev.titanic.job.compare;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Partitioning;
import dev.titanic.job.report.ComparisonTable;
import dev.titanic.nn.partition.Memory;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a contestant's run left behind.
 *
 * @param base perplexity before the first step
 * @param row of the table
 */
public record CompletedWay(double base, ComparisonTable.Row row) {

  /** Reads {@code progress.jsonl} of a run that has finished. */
  public static CompletedWay read(Contestant contestant) throws IOException {
    JobConfig config = contestant.config();
    Partitioning partitioning = Partitioning.of(config);
    Traffic traffic = new Traffic(config, partitioning);
    List<Double> perplexities = new ArrayList<>();
    double seconds = 0;
    Path progress = new OutputDirectory(Path.of(config.output())).progress();
    for (String line : Files.readAllLines(progress)) {
      ProgressRecord record = ProgressRecord.fromJson(line.getBytes(StandardCharsets.UTF_8));
      traffic.add(record);
      if (record instanceof ProgressRecord.Evaluation evaluation
          && !evaluation.after().equals("step")) {
        perplexities.add(evaluation.perplexity());
      } else if (record instanceof ProgressRecord.End end) {
        seconds = end.seconds();
      }
    }
    if (perplexities.size() < 2) {
      throw new IOException(progress + ": no evaluation before and after the training");
    }
    return new CompletedWay(
        perplexities.get(0),
        new ComparisonTable.Row(
            contestant.name(),
            perplexities.subList(1, perplexities.size()),
            traffic.sent(),
            memory(config, partitioning),
            seconds,
            contestant.directory()));
  }

  /** Predicted native memory: that of several clients in one process cannot be told apart. */
  private static Map<String, Long> memory(JobConfig config, Partitioning partitioning) {
    Partitioning stages = Partitioning.of(withMicroBatchesOfAll(config));
    Map<String, Long> memory = new LinkedHashMap<>();
    for (ClientConfig client : config.clients()) {
      memory.put(
          client.id(),
          config.loadsOf(client).stream()
              .mapToLong(load -> memory(load, partitioning, stages))
              .max()
              .orElse(0));
    }
    return memory;
  }

  private static long memory(List<Integer> load, Partitioning first, Partitioning stages) {
    return load.stream()
        .map(row -> (row == 0 ? first : stages).cost().partition(first.cut(), row).memory())
        .reduce(Memory.NONE, Memory::plus)
        .total();
  }

  /** A stage that owners at once share has the micro-batches of all in flight. */
  private static JobConfig withMicroBatchesOfAll(JobConfig config) {
    return config.concurrency() == null
        ? config
        : config.withMicroBatches(config.owners().size() * config.training().microBatches());
  }
}

package dev.titanic.job.compare;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.Partitioning;
import dev.titanic.job.report.ComparisonTable;
import dev.titanic.placement.Demand;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a contestant's run left behind.
 *
 * @param base perplexity before the first step
 * @param row of the table
 */
public record CompletedWay(double base, ComparisonTable.Row row) {

  /**
   * Reads {@code progress.jsonl} of a run that is over.
   *
   * @throws IOException when it cannot be read, or the run did not train to its end
   */
  public static CompletedWay read(Contestant contestant) throws IOException {
    JobConfig config = contestant.config();
    Partitioning partitioning = Partitioning.of(config);
    Traffic traffic = new Traffic(config, partitioning);
    List<Double> perplexities = new ArrayList<>();
    double seconds = 0;
    boolean finished = false;
    Path progress = new OutputDirectory(Path.of(config.output())).progress();
    for (String line : Files.readAllLines(progress)) {
      ProgressRecord record = ProgressRecord.fromJson(line.getBytes(StandardCharsets.UTF_8));
      traffic.add(record);
      if (record instanceof ProgressRecord.Evaluation evaluation
          && !evaluation.after().equals("step")) {
        perplexities.add(evaluation.perplexity());
      } else if (record instanceof ProgressRecord.End end) {
        seconds = end.seconds();
        finished = end.reason() == ProgressRecord.End.Reason.FINISHED;
      }
    }
    if (!finished) {
      throw new IOException(
          progress + ": the run was stopped, and has not trained as much as the others");
    }
    if (perplexities.size() < 2) {
      throw new IOException(
          progress + ": nothing was trained; are there documents in the owners' topics?");
    }
    return new CompletedWay(
        perplexities.get(0),
        new ComparisonTable.Row(
            contestant.name(),
            ends(perplexities.subList(1, perplexities.size()), config),
            traffic.sent(),
            memory(config, partitioning),
            seconds,
            contestant.directory()));
  }

  /** After every turn; where owners take several, after the last one of every round. */
  private static List<Double> ends(List<Double> perplexities, JobConfig config) {
    int turns = config.concurrency() == null ? config.owners().size() : 1;
    if (config.training().turns().rounds() == 1) {
      return perplexities;
    }
    return IntStream.range(0, perplexities.size())
        .filter(turn -> (turn + 1) % turns == 0 || turn == perplexities.size() - 1)
        .mapToObj(perplexities::get)
        .toList();
  }

  /** Predicted native memory: that of several clients in one process cannot be told apart. */
  private static Map<String, Long> memory(JobConfig config, Partitioning partitioning) {
    List<Demand> demands = partitioning.demands();
    Map<String, Long> memory = new LinkedHashMap<>();
    for (ClientConfig client : config.clients()) {
      memory.put(
          client.id(),
          config.heaviestLoadOf(client, partition -> demands.get(partition).memoryBytes()).stream()
              .mapToLong(partition -> demands.get(partition).memoryBytes())
              .sum());
    }
    return memory;
  }
}

package dev.titanic.job.cli;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.compare.Comparison;
import dev.titanic.job.compare.CompletedWay;
import dev.titanic.job.compare.Contestant;
import dev.titanic.job.compare.TrainingAmount;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.report.ComparisonTable;
import dev.titanic.job.report.ReportFile;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Trains in every way, and leaves {@code comparison.json} and its report. */
final class ComparedRuns {
  private final PrintStream out;
  private final Training training;

  /**
   * @param out for progress
   * @param training what trains
   */
  ComparedRuns(PrintStream out, Training training) {
    this.out = out;
    this.training = training;
  }

  /**
   * Trains one way after the other. Owners' documents are in files, or, where the configuration
   * names a Kafka, in their topics; then files are only for clients that have those of several
   * owners.
   *
   * @param feeds documents of every owner, or none
   * @throws InvalidConfig when no way is possible
   */
  ComparisonTable of(JobConfig config, List<Feed> feeds) throws Exception {
    Comparison comparison = Comparison.of(config, !feeds.isEmpty());
    OutputDirectory directory = new OutputDirectory(Path.of(config.output()));
    List<CompletedWay> completed = new ArrayList<>();
    try (ComparisonProgress progress =
        ComparisonProgress.on(
            out,
            comparison.contestants().size(),
            TrainingAmount.tokens(config, feeds.stream().map(Feed::file).toList()))) {
      comparison
          .refused()
          .forEach((way, why) -> progress.line("not possible: " + way + ": " + why));
      for (Contestant contestant : comparison.contestants()) {
        training.run(
            contestant.config(), given(contestant, feeds), null, progress.next(contestant.name()));
        CompletedWay way = CompletedWay.read(contestant);
        completed.add(way);
        progress.completed(way.row());
        leave(comparison.table(completed), directory);
      }
    }
    return comparison.table(completed);
  }

  private static void leave(ComparisonTable table, OutputDirectory directory) throws Exception {
    Files.createDirectories(directory.path());
    table.write(directory.comparison());
    ReportFile.in(directory).write();
  }

  private static List<Feed> given(Contestant contestant, List<Feed> feeds) {
    List<Feed> given = new ArrayList<>();
    if (contestant.config().kafka().bootstrapServers() != null) {
      return given;
    }
    contestant
        .documents()
        .forEach(
            (client, owners) ->
                owners.forEach(
                    owner ->
                        feeds.stream()
                            .filter(feed -> feed.client().equals(owner))
                            .map(feed -> new Feed(client, feed.file()))
                            .forEach(given::add)));
    return given;
  }
}

package dev.titanic.job.cli;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.compare.Comparison;
import dev.titanic.job.compare.Contestant;
import dev.titanic.job.compare.Contestants;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.report.ComparisonTable;
import dev.titanic.job.report.ReportFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Trains in every way, and leaves {@code comparison.json} and its report. */
final class ComparedRuns {
  private final RunCommand.Run run;
  private final Consumer<String> progress;

  /**
   * @param run what trains
   * @param progress where the name of each way goes, before it trains
   */
  ComparedRuns(RunCommand.Run run, Consumer<String> progress) {
    this.run = run;
    this.progress = progress;
  }

  /**
   * @param feeds documents of every owner
   */
  ComparisonTable of(JobConfig config, List<Feed> feeds) throws Exception {
    ComparisonTable table =
        Comparison.run(Contestants.of(config), contestant -> train(contestant, feeds));
    OutputDirectory directory = new OutputDirectory(Path.of(config.output()));
    Files.createDirectories(directory.path());
    table.write(directory.comparison());
    ReportFile.in(directory).write();
    return table;
  }

  private void train(Contestant contestant, List<Feed> feeds) throws Exception {
    progress.accept(contestant.name());
    run.run(contestant.config(), given(contestant, feeds), null);
  }

  private static List<Feed> given(Contestant contestant, List<Feed> feeds) {
    List<Feed> given = new ArrayList<>();
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

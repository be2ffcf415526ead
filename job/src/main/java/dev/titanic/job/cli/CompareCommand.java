package dev.titanic.job.cli;

import static java.util.stream.Collectors.toSet;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.compare.ComparisonText;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.report.ComparisonTable;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code titanic compare}: one configuration, trained in every way. */
@Command(
    name = "compare",
    description =
        "Trains a configuration with several owners in every way, each with as much training, and"
            + " prints perplexity, traffic, memory and time of each.",
    footer =
        "With --feed of every owner, each way gets a Kafka of its own. With --kafka, owners read"
            + " their topics there, and --feed is only for ways in which a client has the documents"
            + " of several owners: centralized, and fewer owners.")
final class CompareCommand implements Callable<Integer> {
  private final PrintStream progress;
  private final Training training;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Mixin private final RunArguments arguments = new RunArguments();

  @Option(names = "--json", description = "Prints comparison.json instead of a table.")
  private boolean json;

  /**
   * @param progress where progress goes; elsewhere than the table
   * @param training what trains
   */
  CompareCommand(PrintStream progress, Training training) {
    this.progress = progress;
    this.training = training;
  }

  @Override
  public Integer call() throws Exception {
    JobConfig config = arguments.resolve();
    List<Feed> feeds = arguments.feeds();
    check(config, feeds);
    String kafka = config.kafka().bootstrapServers();
    if (kafka != null && !feeds.isEmpty()) {
      progress.printf(
          "The files are for ways in which a client has the documents of several owners; else owners"
              + " read their topics at %s.%n",
          kafka);
    }
    ComparisonTable table = new ComparedRuns(progress, training).of(config, feeds);
    print(table, new OutputDirectory(Path.of(config.output())).report());
    return ExitCode.SUCCESS;
  }

  private static void check(JobConfig config, List<Feed> feeds) throws InvalidConfig {
    List<String> problems = new ArrayList<>();
    if (config.owners().size() < 2) {
      problems.add("clients: one with data; valid: several, to compare ways to train on all");
    }
    if (config.training().turns().epochsPerTurn() == null) {
      problems.add(
          "training.stepsPerTurn: steps are not as many on the data of every owner; valid:"
              + " training.epochsPerTurn, such as 1");
    }
    if (config.evaluation().text() == null) {
      problems.add("evaluation.text: missing; valid: a text to compare perplexities on");
    }
    boolean areInTopics = config.kafka().bootstrapServers() != null;
    if (!areInTopics || !feeds.isEmpty()) {
      Set<String> fed = feeds.stream().map(Feed::client).collect(toSet());
      config.owners().stream()
          .map(ClientConfig::id)
          .filter(owner -> !fed.contains(owner))
          .forEach(owner -> problems.add(noDocuments(owner, areInTopics)));
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems);
    }
  }

  private static String noDocuments(String owner, boolean areInTopics) {
    return "--feed: no documents of %1$s; valid: --feed %1$s=FILE, or %2$s"
        .formatted(owner, areInTopics ? "no --feed at all" : "--kafka HOST:PORT that has them");
  }

  private void print(ComparisonTable table, Path report) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(JsonText.of(table));
    } else {
      out.print(ComparisonText.of(table));
      out.println("report     " + report);
    }
    out.flush();
  }
}

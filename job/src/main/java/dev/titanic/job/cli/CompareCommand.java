package dev.titanic.job.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.data.DataException;
import dev.titanic.job.compare.ComparisonText;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.feed.DocumentFile;
import dev.titanic.job.report.ComparisonTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code titanic compare}: one configuration, trained in every way. */
@Command(
    name = "compare",
    description =
        "Trains a configuration with several owners in every way, each with as much training, and"
            + " prints perplexity, traffic, memory and time of each.")
final class CompareCommand implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final RunCommand.Run run;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "CONFIG.yaml", description = "See docs/configuration.md.")
  private @SuppressWarnings("NullAway.Init") Path config;

  @Option(
      names = "--feed",
      paramLabel = "CLIENT=FILE",
      converter = Feed.Converter.class,
      description = "Documents of a client with data; every one needs some, may be repeated.")
  private List<Feed> feeds = List.of();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Goes before the configuration's output.")
  private @Nullable Path output;

  @Option(names = "--json", description = "Prints comparison.json instead of a table.")
  private boolean json;

  /**
   * @param run what trains; its progress must go elsewhere than the table
   */
  CompareCommand(RunCommand.Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    JobConfig resolved = ConfigFile.read(config);
    if (output != null) {
      resolved = resolved.withOutput(output.toAbsolutePath().normalize().toString());
    }
    check(resolved);
    ComparisonTable table = new ComparedRuns(run, this::announce).of(resolved, feeds);
    print(table, new OutputDirectory(Path.of(resolved.output())).report());
    return ExitCode.SUCCESS;
  }

  private void announce(String name) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(name);
    err.flush();
  }

  private void check(JobConfig resolved) throws InvalidConfig {
    List<String> owners = resolved.owners().stream().map(ClientConfig::id).toList();
    List<String> problems = new ArrayList<>();
    if (owners.size() < 2) {
      problems.add("clients: one with data; valid: several, to compare ways to train on all");
    }
    if (resolved.training().turns().epochsPerTurn() == null) {
      problems.add(
          "training.stepsPerTurn: steps are not as many on the data of every owner; valid:"
              + " training.epochsPerTurn, such as 1");
    }
    if (resolved.evaluation().text() == null) {
      problems.add("evaluation.text: missing; valid: a text to compare perplexities on");
    }
    for (String owner : owners) {
      if (feeds.stream().noneMatch(feed -> feed.client().equals(owner))) {
        problems.add("--feed: no documents of %s; valid: --feed %s=FILE".formatted(owner, owner));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems);
    }
    feeds.forEach(feed -> check(feed, owners));
  }

  private void check(Feed feed, List<String> owners) {
    if (!owners.contains(feed.client())) {
      throw unusable(
          "--feed: no client with data %s; valid: %s"
              .formatted(feed.client(), String.join(", ", owners)));
    }
    try {
      DocumentFile unused = DocumentFile.of(feed.file(), true);
    } catch (DataException e) {
      throw unusable("--feed: " + e.getMessage());
    }
  }

  private ParameterException unusable(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private void print(ComparisonTable table, Path report) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.writeValueAsString(table));
    } else {
      out.print(ComparisonText.of(table));
      out.println("report     " + report);
    }
    out.flush();
  }
}

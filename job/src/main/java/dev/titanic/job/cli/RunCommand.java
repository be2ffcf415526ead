package dev.titanic.job.cli;

import dev.titanic.data.DataException;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.feed.DocumentFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code titanic run}: one training run on an embedded cluster. */
@Command(
    name = "run",
    description = "Trains as the configuration says, on a Flink cluster inside this process.")
final class RunCommand implements Callable<Integer> {

  /** Trains; returns when the run has ended. */
  @FunctionalInterface
  interface Run {
    /**
     * @param savepoint to go on from; null means from the model directory
     */
    void run(JobConfig config, List<Feed> feeds, @Nullable String savepoint) throws Exception;
  }

  private final Run run;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "CONFIG.yaml", description = "See docs/configuration.md.")
  private @SuppressWarnings("NullAway.Init") Path config;

  @Option(
      names = "--feed",
      paramLabel = "CLIENT=FILE",
      converter = Feed.Converter.class,
      description = "Puts the file's lines into the client's topic first; may be repeated.")
  private List<Feed> feeds = List.of();

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      converter = BrokerAddress.class,
      description = "Kafka to use; without it a broker is started.")
  private @Nullable String kafka;

  @Option(
      names = "--from",
      paramLabel = "SAVEPOINT",
      description = "Savepoint or checkpoint to go on from.")
  private @Nullable String savepoint;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Goes before the configuration's output.")
  private @Nullable Path output;

  RunCommand(Run run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    JobConfig resolved = resolve();
    feeds.forEach(feed -> check(feed, resolved));
    run.run(resolved, feeds, savepoint);
    return ExitCode.SUCCESS;
  }

  private JobConfig resolve() throws InvalidConfig {
    JobConfig resolved = ConfigFile.read(config);
    if (output != null) {
      resolved = resolved.withOutput(output.toAbsolutePath().normalize().toString());
    }
    return kafka == null ? resolved : resolved.withKafka(kafka);
  }

  private void check(Feed feed, JobConfig resolved) {
    List<String> owners = resolved.owners().stream().map(ClientConfig::id).toList();
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
}

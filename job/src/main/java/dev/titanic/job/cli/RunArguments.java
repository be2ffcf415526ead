package dev.titanic.job.cli;

import dev.titanic.data.DataException;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.feed.DocumentFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every command takes that trains a configuration. */
final class RunArguments {
  @Spec(Spec.Target.MIXEE)
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "CONFIG.yaml", description = "See docs/configuration.md.")
  private @SuppressWarnings("NullAway.Init") Path config;

  @Option(
      names = "--feed",
      paramLabel = "CLIENT=FILE",
      converter = Feed.Converter.class,
      description = "Documents of a client with data: the lines of a file; may be repeated.")
  private List<Feed> feeds = List.of();

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      converter = BrokerAddress.class,
      description = "Kafka to use; goes before the configuration's. Without one, it is started.")
  private @Nullable String kafka;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Goes before the configuration's output.")
  private @Nullable Path output;

  /**
   * Reads the configuration, with what the options say instead.
   *
   * @throws InvalidConfig naming what is wrong in the file
   * @throws ParameterException when documents are nobody's, or cannot be read
   */
  JobConfig resolve() throws InvalidConfig {
    JobConfig resolved = ConfigFile.read(config);
    List<String> owners = resolved.owners().stream().map(ClientConfig::id).toList();
    feeds.forEach(feed -> check(feed, owners));
    if (output != null) {
      resolved = resolved.withOutput(output.toAbsolutePath().normalize().toString());
    }
    return kafka == null ? resolved : resolved.withKafka(kafka);
  }

  List<Feed> feeds() {
    return feeds;
  }

  private void check(Feed feed, List<String> owners) {
    if (!owners.contains(feed.client())) {
      throw unusable(
          "no client with data %s; valid: %s".formatted(feed.client(), String.join(", ", owners)));
    }
    try {
      DocumentFile unused = DocumentFile.of(feed.file(), true);
    } catch (DataException e) {
      throw unusable(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException unusable(String problem) {
    return new ParameterException(spec.commandLine(), "--feed: " + problem);
  }
}

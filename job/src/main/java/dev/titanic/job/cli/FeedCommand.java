package dev.titanic.job.cli;

import dev.titanic.data.DataException;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.feed.DocumentFeed;
import dev.titanic.job.feed.DocumentFile;
import dev.titanic.owner.KafkaTopic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code titanic feed}: documents into a client's private topic. */
@Command(
    name = "feed",
    description = "Puts documents into a client's topic, and returns when Kafka has all of them.")
final class FeedCommand implements Callable<Integer> {
  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Option(names = "--client", paramLabel = "ID", required = true, description = "The data's owner.")
  private @SuppressWarnings("NullAway.Init") String client;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      required = true,
      converter = BrokerAddress.class,
      description = "Where Kafka is.")
  private @SuppressWarnings("NullAway.Init") String kafka;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Default: titanic.data.ID, as in the configuration.")
  private @Nullable String topic;

  @Option(names = "--lines", description = "Every line of a .txt file is a document.")
  private boolean lines;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "UTF-8; .txt: one document; .jsonl: one JSON record in each line.")
  private @SuppressWarnings("NullAway.Init") List<Path> files;

  @Override
  public Integer call() {
    if (!ClientConfig.isId(client)) {
      throw new ParameterException(
          spec.commandLine(),
          "--client: " + client + "; valid: lower-case letters, digits and . _ -");
    }
    List<DocumentFile> documents = files.stream().map(this::document).toList();
    String target = topic == null ? "titanic.data." + client : topic;
    long sent;
    try (FeedView view = FeedView.of(documents)) {
      sent =
          new DocumentFeed(new KafkaTopic(Map.of("bootstrap.servers", kafka), target))
              .feed(documents, view);
    }
    spec.commandLine().getOut().printf("%d documents delivered to %s%n", sent, target);
    return ExitCode.SUCCESS;
  }

  private DocumentFile document(Path file) {
    try {
      return DocumentFile.of(file, lines);
    } catch (DataException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}

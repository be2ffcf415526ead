package dev.titanic.job.cli;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.TitanicRun;
import dev.titanic.job.Topics;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedBroker;
import dev.titanic.job.feed.DocumentFeed;
import dev.titanic.job.feed.DocumentFile;
import dev.titanic.job.report.ReportFile;
import dev.titanic.job.run.EmbeddedRun;
import dev.titanic.owner.KafkaTopic;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A training run in this process: broker, topics, documents, cluster, report. */
final class EmbeddedTraining {
  private EmbeddedTraining() {}

  /** Trains, as {@link Training} says. */
  static void run(
      JobConfig config, List<Feed> feeds, @Nullable String savepoint, RunDisplay display)
      throws Exception {
    TitanicRun run = RunPrerequisites.check(config, feeds, savepoint);
    String kafka = config.kafka().bootstrapServers();
    if (kafka != null) {
      train(run, kafka, feeds, savepoint, display);
      return;
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      String own = broker.bootstrapServers();
      display.tell("Kafka", own);
      train(run.withKafka(own), own, feeds, savepoint, display);
    }
  }

  private static void train(
      TitanicRun prepared,
      String kafka,
      List<Feed> feeds,
      @Nullable String savepoint,
      RunDisplay display)
      throws Exception {
    JobConfig config = prepared.config();
    for (ClientConfig owner : config.owners()) {
      List<DocumentFile> files =
          feeds.stream()
              .filter(feed -> feed.client().equals(owner.id()))
              .map(feed -> DocumentFile.of(feed.file(), true))
              .toList();
      if (!files.isEmpty()) {
        feed(new KafkaTopic(Map.of("bootstrap.servers", kafka), owner.topic()), files, display);
      }
    }
    Topics.prepare(config, kafka);
    try (EmbeddedRun run = EmbeddedRun.start(prepared, savepoint);
        LiveReport report =
            LiveReport.start(ReportFile.in(run.output()), display, Clock.systemUTC());
        RunView view = display.training(config.turns().steps())) {
      display.submitted(run.dashboard(), run.output().path());
      ProgressFollower.of(run.output()).follow(run.result(), view, report);
      run.await();
    }
    OutputDirectory output = new OutputDirectory(Path.of(config.output()));
    Path trained = config.training().lora() == null ? output.model() : output.adapter();
    display.tell(String.valueOf(trained.getFileName()), trained);
  }

  private static void feed(KafkaTopic topic, List<DocumentFile> files, RunDisplay display) {
    long documents;
    try (FeedView view = display.feeding(files)) {
      documents = new DocumentFeed(topic).feed(files, view);
    }
    display.tell("fed", "%d documents to %s".formatted(documents, topic.name()));
  }
}

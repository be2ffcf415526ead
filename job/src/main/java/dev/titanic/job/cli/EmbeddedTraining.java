package dev.titanic.job.cli;

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
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A training run for a terminal: broker, topics, documents, cluster, progress, results. */
public final class EmbeddedTraining {
  private final PrintStream out;

  public EmbeddedTraining(PrintStream out) {
    this.out = out;
  }

  /**
   * Trains, and returns when the run has ended.
   *
   * @param savepoint to go on from; null means from the model directory
   */
  public void run(JobConfig config, List<Feed> feeds, @Nullable String savepoint) throws Exception {
    TitanicRun run = RunPrerequisites.check(config, feeds, savepoint);
    String kafka = config.kafka().bootstrapServers();
    if (kafka != null) {
      train(run, kafka, feeds, savepoint);
      return;
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      String own = broker.bootstrapServers();
      out.println("Kafka      " + own);
      train(run.withKafka(own), own, feeds, savepoint);
    }
  }

  private void train(
      TitanicRun prepared, String kafka, List<Feed> feeds, @Nullable String savepoint)
      throws Exception {
    JobConfig config = prepared.config();
    for (ClientConfig owner : config.owners()) {
      List<DocumentFile> files =
          feeds.stream()
              .filter(feed -> feed.client().equals(owner.id()))
              .map(feed -> DocumentFile.of(feed.file(), true))
              .toList();
      if (!files.isEmpty()) {
        feed(new KafkaTopic(Map.of("bootstrap.servers", kafka), owner.topic()), files);
      }
    }
    Topics.prepare(config, kafka);
    Path trained;
    try (EmbeddedRun run = EmbeddedRun.start(prepared, savepoint);
        LiveReport report = LiveReport.start(ReportFile.in(run.output()), out, Clock.systemUTC());
        RunProgress progress = RunProgress.on(out, config.turns().steps())) {
      out.println("dashboard  " + run.dashboard());
      out.println("output     " + run.output().path());
      ProgressFollower.of(run.output()).follow(run.result(), progress, report);
      run.await();
      trained = config.training().lora() == null ? run.output().model() : run.output().adapter();
    }
    out.printf("%-10s %s%n", trained.getFileName(), trained);
  }

  private void feed(KafkaTopic topic, List<DocumentFile> files) {
    long documents;
    try (FeedView view = FeedView.of(files)) {
      documents = new DocumentFeed(topic).feed(files, view);
    }
    out.printf("fed        %d documents to %s%n", documents, topic.name());
  }
}

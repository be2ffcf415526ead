package dev.titanic.job;

import dev.titanic.job.config.JobConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of a run: control topics are made when missing, data topics must be there. */
public final class Topics {
  private Topics() {}

  /**
   * Makes the control topics.
   *
   * @throws IllegalArgumentException when the owner's topic does not exist
   */
  public static void prepare(JobConfig config, String kafka) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka))) {
      Set<String> present = admin.listTopics().names().get();
      List<NewTopic> missing =
          Stream.of(TitanicRun.COMMANDS_TOPIC, TitanicRun.PROGRESS_TOPIC)
              .filter(topic -> !present.contains(topic))
              .map(topic -> new NewTopic(topic, Optional.of(1), Optional.empty()))
              .toList();
      admin.createTopics(missing).all().get();
      String data = config.owner().topic();
      if (!present.contains(data)) {
        throw new IllegalArgumentException(
            "topic %s does not exist in Kafka at %s; put documents into it first: --feed %s=FILE, or ./titanic feed"
                .formatted(data, kafka, config.owner().id()));
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "no answer from Kafka at %s: %s".formatted(kafka, e.getCause()), e);
    }
  }
}

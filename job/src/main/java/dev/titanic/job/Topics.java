package dev.titanic.job;

import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.owner.KafkaTopic;
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
   * @throws InvalidConfig naming every owner whose topic does not exist
   * @throws dev.titanic.data.DataException when Kafka does not answer
   */
  public static void prepare(JobConfig config, String kafka)
      throws InvalidConfig, InterruptedException {
    KafkaTopic data =
        new KafkaTopic(Map.of("bootstrap.servers", kafka), config.owners().get(0).topic());
    try (Admin admin = data.admin()) {
      Set<String> present = admin.listTopics().names().get();
      List<String> problems =
          config.owners().stream()
              .filter(owner -> !present.contains(owner.topic()))
              .map(owner -> doesNotExist(owner, kafka))
              .toList();
      if (!problems.isEmpty()) {
        throw new InvalidConfig(problems);
      }
      List<NewTopic> missing =
          Stream.of(
                  topic(TitanicRun.COMMANDS_TOPIC),
                  topic(TitanicRun.PROGRESS_TOPIC),
                  topic(TitanicRun.PLACEMENTS_TOPIC),
                  topic(TitanicRun.CLIENTS_TOPIC).configs(Map.of("cleanup.policy", "compact")))
              .filter(topic -> !present.contains(topic.name()))
              .toList();
      admin.createTopics(missing).all().get();
    } catch (ExecutionException e) {
      throw data.failure(e);
    }
  }

  private static String doesNotExist(ClientConfig owner, String kafka) {
    return "topic %s does not exist in Kafka at %s; put documents into it first: --feed %s=FILE, or ./titanic feed"
        .formatted(owner.topic(), kafka, owner.id());
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(1), Optional.empty());
  }
}

package dev.titanic.job.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.titanic.job.embedded.BrokerSettings;
import dev.titanic.job.flink.FlinkSettings;
import dev.titanic.job.flink.NetworkMemory;
import dev.titanic.job.flink.TaskManagerRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/**
 * What a cluster consists of, and where it listens.
 *
 * @param clients ids, one TaskManager each
 * @param spares ids of clients whose TaskManagers are started later, when a job has its seats
 * @param network of every TaskManager
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ClusterPlan(
    List<String> clients,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> spares,
    NetworkMemory network,
    Ports ports) {

  ClusterPlan {
    clients = List.copyOf(clients);
    spares = List.copyOf(spares);
    List<String> all = Stream.concat(clients.stream(), spares.stream()).toList();
    if (new HashSet<>(all).size() < all.size()) {
      throw new IllegalArgumentException("a client is named twice: " + String.join(",", all));
    }
    all.forEach(TaskManagerRole::client);
  }

  /** All clients, those whose TaskManagers wait included. */
  List<String> allClients() {
    return Stream.concat(clients.stream(), spares.stream()).toList();
  }

  /**
   * All on localhost.
   *
   * @param web dashboard and REST
   * @param rpc of the JobManager
   * @param kafka for Kafka's clients
   * @param kafkaController remembered by the broker's data
   */
  record Ports(int web, int rpc, int kafka, int kafkaController) {}

  /** TaskManagers that a cluster starts with. */
  List<TaskManagerRole> roles() {
    return Stream.concat(
            Stream.of(TaskManagerRole.server()), clients.stream().map(TaskManagerRole::client))
        .toList();
  }

  /** The project's settings with this cluster's addresses, directories and network memory. */
  Configuration configuration(ClusterDirectory directory) {
    Configuration configuration = FlinkSettings.load();
    network.configure(configuration);
    configuration.set(JobManagerOptions.ADDRESS, "localhost");
    configuration.set(JobManagerOptions.BIND_HOST, "localhost");
    configuration.set(JobManagerOptions.PORT, ports.rpc());
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(RestOptions.BIND_ADDRESS, "localhost");
    configuration.set(RestOptions.PORT, ports.web());
    configuration.set(TaskManagerOptions.HOST, "localhost");
    configuration.set(TaskManagerOptions.BIND_HOST, "localhost");
    configuration.set(BlobServerOptions.PORT, "0");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.checkpoints().toUri().toString());
    configuration.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY, directory.savepoints().toUri().toString());
    configuration.set(CoreOptions.TMP_DIRS, directory.temporary().toString());
    configuration.set(WebOptions.UPLOAD_DIR, directory.temporary().toString());
    return configuration;
  }

  BrokerSettings broker(ClusterDirectory directory) {
    return new BrokerSettings(ports.kafka(), ports.kafkaController(), directory.kafka());
  }

  void save(ClusterDirectory directory) throws IOException {
    Files.createDirectories(directory.root());
    new JsonMapper().writerWithDefaultPrettyPrinter().writeValue(directory.plan().toFile(), this);
  }

  /** The plan of the cluster that runs in the directory or last ran there. */
  static Optional<ClusterPlan> load(ClusterDirectory directory) throws IOException {
    return Files.exists(directory.plan())
        ? Optional.of(new JsonMapper().readValue(directory.plan().toFile(), ClusterPlan.class))
        : Optional.empty();
  }
}

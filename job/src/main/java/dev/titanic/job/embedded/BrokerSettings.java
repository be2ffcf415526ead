package dev.titanic.job.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * A single Kafka node on localhost that is broker and controller at once.
 *
 * @param port for clients
 * @param controllerPort for the node itself
 * @param directory for the data and {@code server.properties}
 */
public record BrokerSettings(int port, int controllerPort, Path directory) {

  public static BrokerSettings onFreePorts(Path directory) {
    List<Integer> ports = FreePorts.find(2);
    return new BrokerSettings(ports.get(0), ports.get(1), directory);
  }

  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /** Where {@link #format} leaves the properties. */
  public Path propertiesFile() {
    return directory.resolve("server.properties");
  }

  /** Topics are never created by accident: a topic that does not exist is the user's mistake. */
  Properties properties() {
    String listeners =
        "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort);
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.bootstrap.servers", "localhost:" + controllerPort,
            "controller.listener.names", "CONTROLLER",
            "listeners", listeners,
            "advertised.listeners", listeners,
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name", "PLAINTEXT",
            "log.dirs", directory.resolve("data").toString(),
            "auto.create.topics.enable", "false"));
    // The internal topics of one node, as small as they go.
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "group.initial.rebalance.delay.ms", "0"));
    return properties;
  }

  /** Writes the properties and prepares an empty data directory; keeps one that has data. */
  public void format() throws IOException {
    Files.createDirectories(directory);
    try (Writer writer = Files.newBufferedWriter(propertiesFile())) {
      properties().store(writer, null);
    }
    String[] arguments = {
      "format",
      "--standalone",
      "--ignore-formatted",
      "--cluster-id",
      Uuid.randomUuid().toString(),
      "--config",
      propertiesFile().toString()
    };
    PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    int exitCode = StorageTool.execute(arguments, quiet);
    if (exitCode != 0) {
      throw new IOException("Kafka cannot format " + directory + ", exit code " + exitCode);
    }
  }
}

package dev.titanic.job.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker inside this JVM, on free ports; its data goes when it closes. */
public final class EmbeddedBroker implements AutoCloseable {
  private final BrokerSettings settings;
  private final KafkaRaftServer server;

  /** Ctrl-C must not leave the data behind. */
  private final Thread atExit = new Thread(this::stop, "titanic-broker-at-exit");

  private EmbeddedBroker(BrokerSettings settings, KafkaRaftServer server) {
    this.settings = settings;
    this.server = server;
  }

  public static EmbeddedBroker start() throws IOException {
    BrokerSettings settings =
        BrokerSettings.onFreePorts(Files.createTempDirectory("titanic-kafka"));
    settings.format();
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(settings.properties()), Time.SYSTEM);
    server.startup();
    EmbeddedBroker broker = new EmbeddedBroker(settings, server);
    Runtime.getRuntime().addShutdownHook(broker.atExit);
    return broker;
  }

  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  /** Creates a topic and returns when it exists. */
  public void createTopic(String name, int kafkaPartitions) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(name, Optional.of(kafkaPartitions), Optional.empty())))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new CompletionException("cannot create topic " + name, e.getCause());
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stop();
  }

  private void stop() {
    server.shutdown();
    server.awaitShutdown();
    try {
      TemporaryDirectory.delete(settings.directory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

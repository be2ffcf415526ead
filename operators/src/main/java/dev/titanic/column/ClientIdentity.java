package dev.titanic.column;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/**
 * Who this TaskManager is: it says so in its own configuration, because a subtask's index means
 * nothing after a restart.
 *
 * @param id the client's id
 * @param process identity of the TaskManager, so that a column torn over two of them is noticed
 * @param kafka settings for the client's own connections to Kafka, with its credentials: the
 *     entries of the configuration below {@value #KAFKA_PREFIX}
 */
public record ClientIdentity(String id, String process, Map<String, String> kafka) {
  /** Key in a TaskManager's configuration. */
  public static final String ID_KEY = "titanic.client.id";

  public static final String KAFKA_PREFIX = "titanic.client.kafka.";

  public ClientIdentity {
    kafka = Map.copyOf(kafka);
  }

  static ClientIdentity of(StreamingRuntimeContext context) {
    Configuration configuration = context.getTaskManagerRuntimeInfo().getConfiguration();
    String id = configuration.toMap().get(ID_KEY);
    if (id == null) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "a TaskManager without '%s' in its configuration got a client's task"
                  .formatted(ID_KEY)));
    }
    return new ClientIdentity(id, process(context), kafkaOf(configuration));
  }

  /** Embedded, several TaskManagers share a JVM; a slot belongs to one of them. */
  private static String process(StreamingRuntimeContext context) {
    return ManagementFactory.getRuntimeMXBean().getName()
        + "/"
        + context.getTaskInfo().getAllocationIDAsString();
  }

  private static Map<String, String> kafkaOf(Configuration configuration) {
    return configuration.toMap().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(KAFKA_PREFIX))
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(KAFKA_PREFIX.length()), Map.Entry::getValue));
  }
}

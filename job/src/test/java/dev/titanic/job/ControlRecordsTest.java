package dev.titanic.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.coordinator.ControlRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ControlRecordsTest {
  private static final String STOP = "{\"command\":\"stop\"}";

  @Test
  void onlyTheTopicOfCommandsHasCommands() {
    assertThat(read(TitanicRun.COMMANDS_TOPIC, null, STOP))
        .containsExactly(new ControlRecord(ControlRecord.Kind.COMMAND, null, STOP));
    assertThat(read(TitanicRun.CLIENTS_TOPIC, "bob", STOP))
        .containsExactly(new ControlRecord(ControlRecord.Kind.PROFILE, "bob", STOP));
  }

  @Test
  void aRecordWithoutAValueIsOne() {
    assertThat(read(TitanicRun.CLIENTS_TOPIC, "bob", null))
        .containsExactly(new ControlRecord(ControlRecord.Kind.PROFILE, "bob", null));
  }

  @Test
  void commandsOfBeforeAreNotForThisRunAndProfilesOfBeforeAre() {
    TopicPartition commands = new TopicPartition(TitanicRun.COMMANDS_TOPIC, 0);
    TopicPartition clients = new TopicPartition(TitanicRun.CLIENTS_TOPIC, 0);

    Map<TopicPartition, Long> offsets =
        new ControlOffsets().getPartitionOffsets(Set.of(commands, clients), new SevenRecords());

    assertThat(offsets)
        .containsEntry(commands, 7L)
        .containsEntry(clients, KafkaPartitionSplit.EARLIEST_OFFSET);
  }

  private static List<ControlRecord> read(
      String topic, @Nullable String key, @Nullable String value) {
    List<ControlRecord> records = new ArrayList<>();
    new ControlRecords()
        .deserialize(
            new ConsumerRecord<>(topic, 0, 0, bytes(key), bytes(value)),
            new ListCollector<>(records));
    return records;
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  /** In every Kafka partition. */
  private static final class SevenRecords implements PartitionOffsetsRetriever {
    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> kafkaPartitions) {
      return Map.of();
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> kafkaPartitions) {
      return kafkaPartitions.stream().collect(Collectors.toMap(partition -> partition, end -> 7L));
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> kafkaPartitions) {
      return kafkaPartitions.stream().collect(Collectors.toMap(partition -> partition, end -> 0L));
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      return Map.of();
    }
  }
}

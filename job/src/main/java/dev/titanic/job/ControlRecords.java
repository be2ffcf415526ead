package dev.titanic.job;

import dev.titanic.coordinator.ControlRecord;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Tells by the topic what a record is: nothing that clients may write can be a command. */
final class ControlRecords implements KafkaRecordDeserializationSchema<ControlRecord> {
  private static final long serialVersionUID = 1L;

  static final TypeInformation<ControlRecord> TYPE = Types.POJO(ControlRecord.class);

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> read, Collector<ControlRecord> out) {
    ControlRecord.Kind kind =
        read.topic().equals(TitanicRun.COMMANDS_TOPIC)
            ? ControlRecord.Kind.COMMAND
            : ControlRecord.Kind.PROFILE;
    out.collect(new ControlRecord(kind, text(read.key()), text(read.value())));
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public TypeInformation<ControlRecord> getProducedType() {
    return TYPE;
  }
}

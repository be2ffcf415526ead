package dev.titanic.schemas.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.edge.StreamPosition.Passes;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

final class StreamPositionsTest {
  @Test
  void anOldPositionHasPassesOfWhichNothingWasCounted() throws IOException {
    StreamPosition position = new RandomRecords(3).position();
    StreamPosition counted = withPasses(position, 12);
    DataOutputSerializer target = new DataOutputSerializer(64);
    StreamPositions.write(counted, target);
    int withoutCount = target.length() - Long.BYTES;
    DataInputDeserializer source =
        new DataInputDeserializer(target.getCopyOfBuffer(), 0, withoutCount);

    assertThat(StreamPositions.readUncounted(source)).isEqualTo(withPasses(position, 0));
    assertThat(source.available()).isZero();
  }

  private static StreamPosition withPasses(StreamPosition position, long given) {
    return new StreamPosition(
        position.cursors(),
        position.nextKafkaPartition(),
        position.window(),
        new Passes(2, List.of(7L, 8L), given));
  }
}

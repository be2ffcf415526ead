package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Contribution;
import dev.titanic.schemas.edge.Message.Summed;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.edge.Transaction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AggregatorProtocolTest {
  private static final Transaction TRANSACTION =
      new Transaction(3, 5, new Route(List.of(2, 0, 1), List.of(7)));

  private final Map<Integer, List<Message>> sent = new TreeMap<>();
  private final AggregatorProtocol aggregator =
      new AggregatorProtocol(
          (to, message) ->
              sent.computeIfAbsent(to.column(), column -> new ArrayList<>()).add(message));

  @Test
  void sendsTheSumToEveryOwnerWhenAllHaveContributed() {
    contribute(0, 0.5, 4f, 1f);
    contribute(1, 0.25, 8f, 2f);
    assertThat(sent).isEmpty();
    assertThat(aggregator.idle()).isFalse();

    contribute(2, 0.25, 16f, -4f);

    assertThat(aggregator.idle()).isTrue();
    assertThat(sent).containsOnlyKeys(0, 1, 2);
    sent.values().forEach(messages -> assertThat(sum(messages)).containsExactly(8f, 0f));
  }

  @Test
  void theOrderOfArrivalChangesNoBit() {
    float[] values = {1e8f, 1f / 3, -1e8f};
    contribute(0, 1, values[0]);
    contribute(1, 1, values[1]);
    contribute(2, 1, values[2]);
    List<Float> first = sum(sent.getOrDefault(0, List.of()));
    sent.clear();

    contribute(1, 1, values[1]);
    contribute(2, 1, values[2]);
    contribute(0, 1, values[0]);

    assertThat(sum(sent.getOrDefault(0, List.of()))).isEqualTo(first);
  }

  @Test
  void refusesPiecesThatDoNotFitTogether() {
    contribute(0, 1, 1f);
    contribute(1, 1, 1f, 2f);

    assertThatThrownBy(() -> contribute(2, 1, 1f))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("piece 0");
  }

  @Test
  void refusesAPieceThatComesTwiceOrFromSomebodyElse() {
    contribute(0, 1, 1f);

    assertThatThrownBy(() -> contribute(0, 1, 1f))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> contribute(5, 1, 1f))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("owner@5");
  }

  private void contribute(int column, double share, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    TensorData tensor =
        TensorData.of(TensorSpec.of(ElementType.FLOAT32, values.length), bytes.array());
    aggregator.on(
        new Address(Address.OWNER, column), new Contribution(TRANSACTION, 0, 1, share, tensor));
  }

  private static List<Float> sum(List<Message> messages) {
    TensorData tensor = ((Summed) messages.get(0)).tensor();
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
    tensor.copyTo(bytes);
    bytes.flip();
    List<Float> values = new ArrayList<>();
    while (bytes.hasRemaining()) {
      values.add(bytes.getFloat());
    }
    return values;
  }
}

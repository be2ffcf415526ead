package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.protocol.masks.FixedPoint;
import dev.titanic.protocol.masks.MaskException;
import dev.titanic.protocol.masks.MaskingKey;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Aggregate;
import dev.titanic.schemas.edge.Message.Contribution;
import dev.titanic.schemas.edge.Message.Load;
import dev.titanic.schemas.edge.Message.Quantity;
import dev.titanic.schemas.edge.Message.Summed;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.PartitionState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the server gets of owners that mask what they give. */
final class OwnerAggregationTest {
  private static final int OWNERS = 3;
  private static final double SHARE = 0.25;
  private static final Route ROUTE = new Route(List.of(0, 1, 2), List.of());

  private final List<Contribution> received = new ArrayList<>();
  private final List<Message> sums = new ArrayList<>();
  private final List<OwnerProtocol> owners = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final AggregatorProtocol aggregator =
      new AggregatorProtocol((to, message) -> sums.add(message));

  @Test
  void theServerGetsNothingPlain() {
    masked();

    owners.forEach(owner -> order(owner, 2, keys));

    List<Long> plain = new ArrayList<>();
    List<Long> fixedPoints = new ArrayList<>();
    for (float weight : weights()) {
      plain.add((long) Float.floatToIntBits(weight));
      plain.add(Double.doubleToLongBits(weight));
      plain.add(Double.doubleToLongBits(SHARE * weight));
      fixedPoints.add(new FixedPoint(OWNERS).of(SHARE * weight));
    }
    assertThat(received).hasSize(OWNERS * PulledChunks.OUTSTANDING);
    for (Contribution contribution : received) {
      assertThat(contribution.tensor().spec().type()).isEqualTo(ElementType.INT64);
      assertThat(contribution.share()).isOne();
      assertThat(plain).doesNotContain(element(contribution), element(contribution) & 0xffffffffL);
      assertThat(fixedPoints).doesNotContain(element(contribution));
    }
    assertThat(received.stream().map(OwnerAggregationTest::element).distinct())
        .hasSameSizeAs(received);
  }

  @Test
  void theSumIsThatOfThePlainValues() {
    masked();
    owners.forEach(owner -> order(owner, 2, keys));

    for (int column = 0; column < OWNERS; column++) {
      for (Contribution contribution : receivedFrom(column)) {
        aggregator.on(new Address(Address.OWNER, column), contribution);
      }
    }

    assertThat(sums).hasSize(OWNERS * PulledChunks.OUTSTANDING);
    float[] weights = weights();
    for (Message message : sums) {
      Summed sum = (Summed) message;
      assertThat(ToyModel.weight(sum.tensor()))
          .isEqualTo((float) (OWNERS * SHARE * weights[sum.chunk()]));
    }
  }

  @Test
  void anOwnerThatMasksGivesNothingWithout() {
    masked();

    assertThatThrownBy(() -> order(owners.get(0), 2, List.of())).isInstanceOf(MaskException.class);
    assertThatThrownBy(() -> order(owners.get(1), 2, keys.subList(1, 2)))
        .isInstanceOf(MaskException.class);
    assertThat(received).isEmpty();
  }

  @Test
  void anOwnerWithoutAKeyIsNotAskedToMask() {
    OwnerProtocol owner = owner(0, null);

    assertThatThrownBy(() -> order(owner, 2, List.of("a", "b", "c")))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("has no key");
  }

  private void masked() {
    for (int column = 0; column < OWNERS; column++) {
      OwnerProtocol owner = owner(column, MaskingKey.generate());
      owners.add(owner);
      keys.add(owner.maskingKey());
    }
  }

  /** With its partition loaded, the same at all owners. */
  private OwnerProtocol owner(int column, @Nullable MaskingKey key) {
    OwnerProtocol owner =
        new OwnerProtocol(
            new Address(Address.OWNER, column),
            new ToyModel(0),
            () -> {
              throw new AssertionError("an aggregation needs no data");
            },
            key,
            (to, message) -> {
              if (message instanceof Contribution contribution) {
                received.add(contribution);
              }
            });
    Transaction first = new Transaction(1, 0, ROUTE);
    owner.on(Address.coordinator(), new Load(first, PartitionState.ONLY_COPY));
    return owner;
  }

  private static void order(OwnerProtocol owner, long transaction, List<String> keys) {
    owner.on(
        Address.coordinator(),
        new Aggregate(
            new Transaction(transaction, 0, ROUTE), Quantity.WEIGHTS, SHARE, false, keys));
  }

  private List<Contribution> receivedFrom(int column) {
    int first = column * PulledChunks.OUTSTANDING;
    return received.subList(first, first + PulledChunks.OUTSTANDING);
  }

  private static float[] weights() {
    try (OwnerPartition partition = new ToyModel(0).owner(null)) {
      float[] weights = new float[partition.weights().size()];
      int i = 0;
      for (String name : partition.weights().keySet()) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        partition.read(name, 0, bytes);
        weights[i++] = bytes.getFloat(0);
      }
      return weights;
    }
  }

  private static long element(Contribution contribution) {
    TensorData tensor = contribution.tensor();
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
    tensor.copyTo(bytes);
    return bytes.getLong(0);
  }
}

package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message.Chunk;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.state.PartitionState;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StateTransferTest {
  private static final Transaction TRANSACTION = new Transaction(3, 5, Route.of(0, 1));
  private static final int CHUNK_BYTES = 100;

  private final PartitionState state =
      new PartitionState(
          1,
          5,
          4,
          "base",
          List.of(new PartitionState.Parameter("w", tensor(1), tensor(2), tensor(3))));
  private final StateTransfer.Source source = new StateTransfer.Source(state, CHUNK_BYTES);
  private final StateTransfer.Target target = new StateTransfer.Target();

  @Test
  void arrivesAsItLeftWithFewChunksOutstanding() {
    Queue<Integer> asked = new ArrayDeque<>();
    while (!target.complete()) {
      for (int next = target.next(); next >= 0; next = target.next()) {
        asked.add(next);
      }
      assertThat(asked).hasSizeLessThanOrEqualTo(PulledChunks.OUTSTANDING);
      target.receive(source.chunk(TRANSACTION, asked.remove()));
    }

    PartitionState arrived = target.state();

    assertThat(arrived).hasToString(state.toString());
    assertThat(bytes(arrived.tensors().get(0).secondMoment())).isEqualTo(bytes(tensor(3)));
  }

  @Test
  void aChangedChunkIsAnError() {
    Chunk chunk = source.chunk(TRANSACTION, target.next());
    Chunk changed = new Chunk(TRANSACTION, 0, chunk.chunks(), chunk.digest() + 1, chunk.tensor());

    assertThatThrownBy(() -> target.receive(changed))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("changed on its way");
  }

  @Test
  void aChunkThatComesTwiceIsAnError() {
    target.receive(source.chunk(TRANSACTION, target.next()));

    assertThatThrownBy(() -> target.receive(source.chunk(TRANSACTION, 0)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void copiesNoLargeTensor() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
    TensorData large = TensorData.whole(TensorSpec.of(ElementType.BYTE, 1 << 20), List.of(bytes));
    StateTransfer.Source of =
        new StateTransfer.Source(
            new PartitionState(
                1, 5, 4, "base", List.of(new PartitionState.Parameter("w", large, large, large))),
            PulledChunks.BYTES);

    Chunk chunk = of.chunk(TRANSACTION, 0);

    assertThat(chunk.tensor().chunks()).filteredOn(ByteBuffer::isDirect).hasSize(3);
    target.next();
    target.receive(chunk);
    assertThat(target.state().tensors().get(0).secondMoment().chunks())
        .singleElement()
        .matches(ByteBuffer::isDirect);
  }

  private static TensorData tensor(int seed) {
    byte[] bytes = new byte[400];
    new Random(seed).nextBytes(bytes);
    return TensorData.of(TensorSpec.of(ElementType.FLOAT32, 10, 10), bytes);
  }

  private static byte[] bytes(TensorData tensor) {
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.size());
    tensor.copyTo(bytes);
    return bytes.array();
  }
}

package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.edge.Transaction;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class WeightTransferTest {
  private static final Transaction TRANSACTION = new Transaction(3, 5, Route.of(0));
  private static final int CHUNK_BYTES = 100;

  private final Frames frames = new Frames();
  private final WeightTransfer.Source source =
      new WeightTransfer.Source(new Weights(), CHUNK_BYTES);
  private final WeightTransfer.Target target = new WeightTransfer.Target(frames, CHUNK_BYTES);

  @Test
  void handsOutEveryByteInFramesWithFewOutstanding() {
    Queue<Integer> asked = new ArrayDeque<>();
    while (!target.complete()) {
      for (int next = target.next(); next >= 0; next = target.next()) {
        asked.add(next);
      }
      assertThat(asked).hasSizeLessThanOrEqualTo(PulledChunks.OUTSTANDING);
      target.receive(source.chunk(TRANSACTION, asked.remove()));
    }

    assertThat(frames.received)
        .containsExactly(
            "w FLOAT32[60]+0:100",
            "w FLOAT32[60]+100:100",
            "w FLOAT32[60]+200:40",
            "v FLOAT32[25]");
  }

  @Test
  void refusesAChunkThatDoesNotExist() {
    assertThatThrownBy(() -> source.chunk(TRANSACTION, 5))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("chunk 5 of 5");
  }

  private static final class Weights implements TrainedWeights {
    @Override
    public Map<String, TensorSpec> weights() {
      Map<String, TensorSpec> weights = new LinkedHashMap<>();
      weights.put("w", TensorSpec.of(ElementType.FLOAT32, 60));
      weights.put("none", TensorSpec.of(ElementType.FLOAT32, 0));
      weights.put("v", TensorSpec.of(ElementType.FLOAT32, 25));
      return weights;
    }

    @Override
    public void read(String weight, long offset, ByteBuffer target) {
      while (target.hasRemaining()) {
        target.put((byte) weight.charAt(0));
      }
    }
  }

  /** What comes, frame by frame. */
  private static final class Frames implements ModelSink {
    private final List<String> received = new ArrayList<>();

    @Override
    public void put(String name, TensorData tensor) {
      received.add(name + " " + tensor);
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
  }
}

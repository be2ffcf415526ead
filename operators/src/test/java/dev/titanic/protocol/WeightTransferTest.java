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
      new WeightTransfer.Source(Weights.small(), CHUNK_BYTES);
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
  void passesMoreThanTheHeapHolds() {
    long bytes = 2 * Runtime.getRuntime().maxMemory();
    TensorSpec gibibyte = TensorSpec.of(ElementType.FLOAT32, 1 << 28);
    Map<String, TensorSpec> large = new LinkedHashMap<>();
    for (int index = 0; index * gibibyte.bytes() < bytes; index++) {
      large.put("w" + index, gibibyte);
    }
    WeightTransfer.Source of = new WeightTransfer.Source(new Weights(large), PulledChunks.BYTES);
    Sizes sizes = new Sizes();
    WeightTransfer.Target to = new WeightTransfer.Target(sizes, PulledChunks.BYTES);

    while (!to.complete()) {
      to.receive(of.chunk(TRANSACTION, to.next()));
    }

    assertThat(sizes.received).isGreaterThanOrEqualTo(bytes);
  }

  @Test
  void refusesAChunkThatDoesNotExist() {
    assertThatThrownBy(() -> source.chunk(TRANSACTION, 5))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("chunk 5 of 5");
  }

  /** Zeros. */
  private record Weights(Map<String, TensorSpec> weights) implements TrainedWeights {

    /** A weight of 240 bytes, an empty one, and one of 100. */
    static Weights small() {
      Map<String, TensorSpec> weights = new LinkedHashMap<>();
      weights.put("w", TensorSpec.of(ElementType.FLOAT32, 60));
      weights.put("none", TensorSpec.of(ElementType.FLOAT32, 0));
      weights.put("v", TensorSpec.of(ElementType.FLOAT32, 25));
      return new Weights(weights);
    }

    @Override
    public void read(String weight, long offset, ByteBuffer target) {
      target.position(target.limit());
    }
  }

  /** How much comes. */
  private static final class Sizes implements ModelSink {
    private long received;

    @Override
    public void put(String name, TensorData tensor) {
      received += tensor.size();
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}
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

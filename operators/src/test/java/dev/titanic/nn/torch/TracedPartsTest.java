package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.nn.graph.GeneratedModels;
import dev.titanic.nn.graph.TracedFiles;
import dev.titanic.nn.graph.TracedModel;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that take float32, cut in parts, against the whole file as the engine runs it. */
final class TracedPartsTest {
  private static final int STEPS = 50;
  private static final double LEARNING_RATE = 1e-3;

  @TempDir private Path directory;

  private Path file(String name) {
    return switch (name) {
      case "generated-mlp" -> GeneratedModels.mlp(directory.resolve("mlp.pt"));
      case "generated-cnn" -> GeneratedModels.cnn(directory.resolve("cnn.pt"));
      default -> TracedFiles.of(name);
    };
  }

  private static long[] shape(String name) {
    return switch (name) {
      case "generated-mlp" -> new long[] {4, 6};
      case "generated-cnn" -> new long[] {4, 2, 6, 6};
      case "mlp" -> new long[] {4, 12};
      default -> new long[] {4, 3, 8, 8};
    };
  }

  @ParameterizedTest
  @CsvSource({
    "mlp,1",
    "mlp,2",
    "mlp,3",
    "mlp,4",
    "cnn,1",
    "cnn,2",
    "cnn,3",
    "cnn,4",
    "generated-mlp,2",
    "generated-mlp,3",
    "generated-cnn,2",
    "generated-cnn,3"
  })
  void partsComputeAndTrainTheSameBitsAsTheWholeFile(String name, int parts) {
    Path file = file(name);
    TracedModel model = TracedModel.open(file);
    try (OriginalArchive whole = new OriginalArchive(file, model.weights());
        TracedChain chain = new TracedChain(model, cut(name, model, parts))) {
      for (int step = 0; step < STEPS; step++) {
        TensorData input = random(step, shape(name));
        PtNDArray wholeInput = Transfer.in(whole.scope(), input);
        wholeInput.setRequiresGradient(true);
        PtNDArray wholeOutput = whole.run(wholeInput);
        TensorData output = chain.forward(input);
        assertThat(Numbers.of(output)).isEqualTo(Numbers.of(Transfer.out(wholeOutput)));

        PtNDArray gradient = Transfer.in(whole.scope(), output); // of half the squared norm
        JniUtils.backward(wholeOutput, gradient, false, false);
        TensorData inputGradient = chain.backward(output);
        assertThat(Numbers.of(inputGradient))
            .isEqualTo(Numbers.of(Transfer.out(JniUtils.getGradient(wholeInput))));
        for (String weight : model.weights()) {
          assertThat(Numbers.of(chain.gradient(weight)))
              .as(weight)
              .isEqualTo(Numbers.of(Transfer.out(whole.gradient(weight))));
        }
        whole.step(1, LEARNING_RATE);
        chain.step(LEARNING_RATE);
      }
      assertSameBits(chain.weights(), whole.weights());
    }
  }

  /** Also where two values are alive, of which one is used again later. */
  @ParameterizedTest
  @CsvSource({"generated-cnn,7", "cnn,16"})
  void everyBoundaryGivesTheSameBits(String name, int last) {
    Path file = file(name);
    TracedModel model = TracedModel.open(file);
    for (int position = 1; position <= last; position++) {
      try (OriginalArchive whole = new OriginalArchive(file, model.weights());
          TracedChain chain = new TracedChain(model, List.of(position))) {
        for (int step = 0; step < 3; step++) {
          TensorData input = random(step, shape(name));
          PtNDArray wholeOutput = whole.run(Transfer.in(whole.scope(), input));
          TensorData output = chain.forward(input);
          assertThat(Numbers.of(output)).isEqualTo(Numbers.of(Transfer.out(wholeOutput)));
          JniUtils.backward(wholeOutput, Transfer.in(whole.scope(), output), false, false);
          chain.backward(output);
          whole.step(1, LEARNING_RATE);
          chain.step(LEARNING_RATE);
        }
        assertSameBits(chain.weights(), whole.weights());
      }
    }
  }

  /** A cut for stages has two parts more; one part is the whole. */
  private static List<Integer> cut(String name, TracedModel model, int parts) {
    return parts == 1
        ? List.of()
        : model.cut(parts - 2, TracedProfile.ofFloats(model, shape(name)));
  }

  static void assertSameBits(Map<String, TensorData> actual, Map<String, TensorData> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach(
        (weight, value) ->
            assertThat(Numbers.of(value))
                .as(weight)
                .isEqualTo(Numbers.of(expected.getOrDefault(weight, value))));
  }

  private static TensorData random(long seed, long... shape) {
    TensorSpec spec = TensorSpec.of(ElementType.FLOAT32, shape);
    ByteBuffer bytes = ByteBuffer.allocate((int) spec.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(seed);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) random.nextGaussian());
    }
    return TensorData.of(spec, bytes.array());
  }
}

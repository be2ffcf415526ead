package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToDoubleFunction;

/** Comparisons of float32 tensors. */
final class Numbers {
  private Numbers() {}

  static float[] of(TensorData data) {
    ByteBuffer bytes = ByteBuffer.allocate((int) data.size()).order(ByteOrder.LITTLE_ENDIAN);
    data.copyTo(bytes);
    float[] values = new float[bytes.capacity() / Float.BYTES];
    bytes.flip().asFloatBuffer().get(values);
    return values;
  }

  /** Makes a vector. */
  static PtNDArray array(PtNDManager scope, float... values) {
    return Transfer.in(
        scope,
        TensorSpec.of(ElementType.FLOAT32, values.length),
        memory -> memory.asFloatBuffer().put(values));
  }

  /** Asserts that no element is off by more than a tolerance. */
  static void assertClose(String what, float[] actual, float[] expected, double tolerance) {
    assertClose(what, actual, expected, element -> tolerance);
  }

  /** Asserts that no element is off by more than its own tolerance. */
  static void assertClose(
      String what, float[] actual, float[] expected, IntToDoubleFunction tolerance) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) actual[i] - expected[i]);
      assertThat(difference)
          .as("%s, element %d", what, i)
          .isLessThanOrEqualTo(tolerance.applyAsDouble(i));
    }
  }
}

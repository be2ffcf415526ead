package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.schemas.edge.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

  /** Asserts that no element is off by more than a fraction of the largest expected magnitude. */
  static void assertClose(String what, float[] actual, float[] expected, double relative) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
    }
    assertThat(difference / largest).as(what).isLessThanOrEqualTo(relative);
  }
}

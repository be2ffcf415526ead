package dev.titanic.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FreshAdaptersTest {
  private static final List<Long> SHAPE = List.of(64L, 100L);

  @Test
  void beginsWithoutEffect() {
    assertThat(values(1, "h.0.c_attn.lora_B.weight")).containsOnly(0);
  }

  @Test
  void drawsTheFirstWeightUniformlyWithinTheRootOfItsInputs() {
    float[] values = values(1, "h.0.c_attn.lora_A.weight");
    DoubleSummaryStatistics all = new DoubleSummaryStatistics();
    DoubleSummaryStatistics squares = new DoubleSummaryStatistics();
    for (float value : values) {
      all.accept(value);
      squares.accept((double) value * value);
    }

    assertThat(all.getMin()).isBetween(-0.1, -0.099);
    assertThat(all.getMax()).isBetween(0.099, 0.1);
    assertThat(all.getAverage()).isCloseTo(0, within(0.003));
    assertThat(squares.getAverage()).isCloseTo(0.01 / 3, within(0.0002));
  }

  @Test
  void dependsOnSeedAndNameOnly() {
    float[] values = values(1, "h.0.c_attn.lora_A.weight");

    assertThat(values(1, "h.0.c_attn.lora_A.weight")).isEqualTo(values);
    assertThat(values(2, "h.0.c_attn.lora_A.weight")).isNotEqualTo(values);
    assertThat(values(1, "h.1.c_attn.lora_A.weight")).isNotEqualTo(values);
  }

  private static float[] values(long seed, String name) {
    ByteBuffer bytes = ByteBuffer.allocate(6400 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    new FreshAdapters(seed).copyTo(name, SHAPE, bytes);
    float[] values = new float[6400];
    bytes.flip().asFloatBuffer().get(values);
    return values;
  }
}

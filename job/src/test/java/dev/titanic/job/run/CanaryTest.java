package dev.titanic.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CanaryTest {
  private final Canary canary = new Canary();

  @Test
  void isFoundInAnyShape() {
    int[] ids = Canary.TEXT.chars().toArray();
    ByteBuffer longs = ByteBuffer.allocate(1 + ids.length * Long.BYTES).put((byte) 1);
    Arrays.stream(ids).forEach(longs::putLong);

    assertThat(canary.shapesIn(("x" + Canary.TEXT).getBytes(UTF_8))).contains("text");
    assertThat(canary.shapesIn(Arrays.toString(ids).getBytes(UTF_8))).contains("numbers");
    assertThat(canary.shapesIn(longs.array())).contains("int64 ids, BIG_ENDIAN");
    assertThat(canary.shapesIn("nothing".getBytes(UTF_8))).isEmpty();
  }
}

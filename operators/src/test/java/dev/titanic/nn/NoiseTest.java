package dev.titanic.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.protocol.MicroBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoiseTest {

  @Test
  void givesEveryRunStepMicroBatchAndLayerASeedOfItsOwn() {
    List<Long> seeds = new ArrayList<>();
    for (long run = 0; run < 8; run++) {
      Noise noise = new Noise(run);
      for (long version = 0; version < 16; version++) {
        for (int index = 0; index < 16; index++) {
          for (int layer = 0; layer < 16; layer++) {
            seeds.add(noise.of(new MicroBatch(version, index), layer));
          }
        }
      }
    }
    assertThat(seeds).doesNotHaveDuplicates().allMatch(seed -> seed >= 0);
  }

  /** A run that is resumed by a later version of this program must draw the same masks. */
  @Test
  void staysWhatItWas() {
    assertThat(new Noise(7).of(new MicroBatch(3, 2), 5)).isEqualTo(8511092120660453218L);
  }
}

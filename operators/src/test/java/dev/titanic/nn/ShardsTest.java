package dev.titanic.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ShardsTest {
  @Test
  void areOneFileWhileTheyFit() {
    assertThat(Shards.of(weights(2, 3), 20).files()).containsOnlyKeys("model.safetensors");
  }

  @Test
  void areFilledInTheOrderOfTheModel() {
    assertThat(Shards.of(weights(2, 3, 1, 4), 20).files())
        .extractingByKeys("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")
        .extracting(Map::keySet)
        .containsExactly(Set.of("w0", "w1"), Set.of("w2", "w3"));
  }

  @Test
  void giveAWeightThatIsTooLargeAFileOfItsOwn() {
    assertThat(Shards.of(weights(1, 6, 1), 20).files().values())
        .extracting(Map::keySet)
        .containsExactly(Set.of("w1"), Set.of("w0", "w2"));
  }

  /** Weights w0, w1, … of so many elements. */
  private static Map<String, TensorSpec> weights(long... elements) {
    Map<String, TensorSpec> weights = new LinkedHashMap<>();
    for (int weight = 0; weight < elements.length; weight++) {
      weights.put("w" + weight, TensorSpec.of(ElementType.FLOAT32, elements[weight]));
    }
    return weights;
  }
}

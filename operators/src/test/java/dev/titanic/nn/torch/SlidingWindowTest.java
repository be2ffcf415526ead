package dev.titanic.nn.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.Golden;
import dev.titanic.nn.ModelCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window of the fixture is 7 tokens, its sequences have 24. */
final class SlidingWindowTest {
  private final Golden golden = Golden.of("mistral");

  @TempDir private Path directory;

  @Test
  void aWindowAsLongAsTheSequenceChangesNoBit() throws IOException {
    float[] unlimited = hidden("null");
    assertThat(hidden("24")).isEqualTo(unlimited);
    assertThat(hidden("4096")).isEqualTo(unlimited);
    assertThat(hidden("23")).isNotEqualTo(unlimited);
  }

  private float[] hidden(String window) throws IOException {
    Path copy = Files.createDirectory(directory.resolve(window));
    String edited = "\"sliding_window\": " + window;
    try (PartitionedModel model =
        new PartitionedModel(ModelCopy.edited(golden, copy, "\"sliding_window\": 7", edited), 1)) {
      return Numbers.of(model.forward(0, golden.batches().get(0), false));
    }
  }
}

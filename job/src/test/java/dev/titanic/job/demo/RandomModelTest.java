package dev.titanic.job.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RandomModelTest {
  private static final Path DESCRIPTION = Path.of("src/demo/base-model");
  private static final String EMBEDDING = "model.embed_tokens.weight";

  @TempDir private Path directory;

  @Test
  void drawsMatricesAndSetsScalesToOne() {
    RandomModel.write(DESCRIPTION, directory.resolve("model"), 7);

    double[] embedding = weight("model", EMBEDDING, 257, 128);
    assertThat(mean(Arrays.stream(embedding))).isCloseTo(0, within(5e-4));
    assertThat(Math.sqrt(mean(Arrays.stream(embedding).map(value -> value * value))))
        .isCloseTo(0.02, within(5e-4));
    assertThat(weight("model", "model.norm.weight", 128)).containsOnly(1);
  }

  @Test
  void givesTheSameBytesForTheSameSeed() throws IOException {
    RandomModel.write(DESCRIPTION, directory.resolve("first"), 7);
    RandomModel.write(DESCRIPTION, directory.resolve("again"), 7);
    RandomModel.write(DESCRIPTION, directory.resolve("other"), 8);

    assertThat(weights("again")).hasSameBinaryContentAs(weights("first"));
    assertThat(Files.mismatch(weights("other"), weights("first"))).isNotNegative();
  }

  @Test
  void saysWhereThereIsNoConfiguration() {
    assertThatThrownBy(() -> RandomModel.write(directory, directory.resolve("model"), 7))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("config.json");
  }

  private Path weights(String model) {
    return directory.resolve(model).resolve("model.safetensors");
  }

  private static double mean(DoubleStream values) {
    return values.average().orElseThrow();
  }

  private double[] weight(String model, String name, long... shape) {
    StoredTensor stored =
        ModelDirectory.open(directory.resolve(model))
            .weight(name, Arrays.stream(shape).boxed().toList());
    ByteBuffer values = ByteBuffer.allocate((int) stored.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    stored.copyTo(values);
    FloatBuffer floats = values.flip().asFloatBuffer();
    return IntStream.range(0, floats.limit()).mapToDouble(floats::get).toArray();
  }
}

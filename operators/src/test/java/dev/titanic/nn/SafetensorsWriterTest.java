package dev.titanic.nn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafetensorsWriterTest {
  private static final TensorSpec WIDE = TensorSpec.of(ElementType.FLOAT32, 2);
  private static final TensorSpec NARROW = TensorSpec.of(ElementType.BFLOAT16, 3);

  @TempDir private Path directory;

  @Test
  void storesWideElementsFirstThenByName() throws IOException {
    Path file = directory.resolve("file.safetensors");
    try (SafetensorsWriter writer =
        SafetensorsWriter.create(file, Map.of("a", NARROW, "c", WIDE, "b", WIDE))) {
      writer.put("a", TensorData.of(NARROW, new byte[] {1, 2, 3, 4, 5, 6}));
      writer.put("b", TensorData.of(WIDE, new byte[8]));
      writer.put("c", TensorData.of(WIDE, new byte[8]));
      writer.finish();
    }

    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes).endsWith(1, 2, 3, 4, 5, 6);
    int headerBytes = bytes.length - 8 - 22;
    assertThat(headerBytes % 8).isZero();
    assertThat(new String(bytes, 8, headerBytes, UTF_8).strip())
        .isEqualTo(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"c\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]},"
                + "\"a\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[16,22]}}");
    assertThat(Safetensors.read(file)).containsOnlyKeys("a", "b", "c");
  }

  @Test
  void doesNotReplaceAFile() throws IOException {
    Path file = Files.createFile(directory.resolve("file.safetensors"));
    assertThatThrownBy(() -> SafetensorsWriter.create(file, Map.of()))
        .isInstanceOf(ModelException.class)
        .hasMessage(file + ": cannot be written: use a writable directory");
  }
}

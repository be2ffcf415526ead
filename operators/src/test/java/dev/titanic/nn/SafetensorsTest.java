package dev.titanic.nn;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("model.safetensors");
  }

  @Test
  void readsEveryWeightTypeExactlyAsFloat32() throws IOException {
    byte[] data =
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(-1.1f)
            .putFloat(Float.MIN_VALUE)
            .putShort((short) 0x3f80) // bfloat16 1
            .putShort((short) 0xc2f7) // bfloat16 -123.5
            .putShort((short) 0x3c01) // float16, next after 1
            .putShort((short) 0x8001) // float16, the smallest negative number
            .array();
    SafetensorsFile.write(
        file,
        """
        {"__metadata__": {"format": "pt"},
         "half": {"dtype": "F16", "shape": [2], "data_offsets": [12, 16]},
         "single": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]},
         "brain": {"dtype": "BF16", "shape": [2], "data_offsets": [8, 12]}}
        """,
        data);
    assertThat(read("single")).containsExactly(-1.1f, Float.MIN_VALUE);
    assertThat(read("brain")).containsExactly(1f, -123.5f);
    assertThat(read("half")).containsExactly(1 + 0x1p-10f, -0x1p-24f);
  }

  private float[] read(String name) {
    StoredTensor tensor = requireNonNull(Safetensors.read(file).get(name));
    ByteBuffer bytes = ByteBuffer.allocate(2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    tensor.copyTo(bytes);
    return new float[] {bytes.getFloat(0), bytes.getFloat(4)};
  }

  @ParameterizedTest
  @CsvSource({"0,0", "8000,-0", "3c00,1", "7bff,65504", "0400,6.1035156e-5", "03ff,6.097555e-5"})
  void convertsHalfPrecision(String bits, float value) {
    assertThat(StoredType.fromHalf((short) Integer.parseInt(bits, 16))).isEqualTo(value);
  }

  @Test
  void convertsHalfPrecisionThatIsNotFinite() {
    assertThat(StoredType.fromHalf((short) 0x7c00)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(StoredType.fromHalf((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(StoredType.fromHalf((short) 0x7e00)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 100, 3000, 200_000, 545_711})
  void refusesAFileThatIsCutOff(int length) throws IOException {
    byte[] whole =
        Files.readAllBytes(Golden.of("llama-gqa").model().path().resolve("model.safetensors"));
    Files.write(file, Arrays.copyOf(whole, length));
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(file + ": it ")
        .hasMessageEndingWith(": use a whole safetensors file");
  }

  @Test
  void refusesBytesBehindTheLastTensor() throws IOException {
    refuses(
        "{\"w\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}}", 5, "it has ");
  }

  @Test
  void refusesGapsAndOverlaps() throws IOException {
    refuses(
        """
        {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
         "b": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]}}
        """,
        12,
        "b leaves a gap or overlaps another tensor");
  }

  @Test
  void refusesAShapeThatDoesNotFitItsBytes() throws IOException {
    refuses(
        "{\"w\": {\"dtype\": \"F32\", \"shape\": [3], \"data_offsets\": [0, 4]}}",
        4,
        "w has 4 bytes for shape [3]");
  }

  @Test
  void refusesShapesThatOverflow() throws IOException {
    refuses(
        "{\"w\": {\"dtype\": \"F32\", \"shape\": [4294967296, 4294967296], \"data_offsets\": [0, 0]}}",
        0,
        "w has 0 bytes for shape [4294967296, 4294967296]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "no json", "{\"w\": 1}", "{\"w\": {\"dtype\": \"F32\"}}"})
  void refusesAHeaderThatIsNone(String header) throws IOException {
    SafetensorsFile.write(file, header, new byte[0]);
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(ModelException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1L << 40})
  void refusesAHeaderSizeThatIsNone(long size) throws IOException {
    SafetensorsFile.write(file, size, new byte[] {'{', '}'}, new byte[0]);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(file + ": its header size is " + size + ": use a whole safetensors file");
  }

  @Test
  void refusesATypeThatIsNoWeight() throws IOException {
    SafetensorsFile.write(
        file,
        "{\"w\": {\"dtype\": \"F8_E4M3\", \"shape\": [1], \"data_offsets\": [0, 1]}}",
        new byte[1]);
    assertThatThrownBy(() -> Safetensors.read(file))
        .hasMessage(file + ": w: type F8_E4M3: use F32, BF16 or F16");
  }

  private void refuses(String header, int bytes, String how) throws IOException {
    SafetensorsFile.write(file, header, new byte[bytes]);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(file + ": " + how)
        .hasMessageEndingWith(": use a whole safetensors file");
  }
}

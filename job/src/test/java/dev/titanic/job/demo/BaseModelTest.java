package dev.titanic.job.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.data.Tokenizer;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.family.Architecture;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model that is committed for the demo. */
final class BaseModelTest {
  private static final Path BASE_MODEL = Path.of("src/demo/base-model");

  @ParameterizedTest
  @ValueSource(
      strings = {"int x = 1;\n\t// two  spaces ", "\u0000\u007f", "é ß 漢 😀 \u00a0", "\r\n"})
  void tokensAreTheBytesOfTheText(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int[] expected = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      expected[i] = Byte.toUnsignedInt(bytes[i]);
    }
    try (Tokenizer tokenizer = Tokenizer.load(BASE_MODEL.resolve("tokenizer.json"))) {
      assertThat(tokenizer.encode(text)).containsExactly(expected);
    }
  }

  @Test
  void endOfTextIsTheTokenBehindTheBytes() {
    try (Tokenizer tokenizer = Tokenizer.load(BASE_MODEL.resolve("tokenizer.json"))) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(257);
      assertThat(tokenizer.encode("a<|endoftext|>")).containsExactly('a', 256);
    }
    assertThat(ModelDirectory.config(BASE_MODEL).endOfTextId()).hasValue(256);
  }

  @Test
  void weightsAreWholeAndSmall() throws Exception {
    ModelDirectory model = ModelDirectory.open(BASE_MODEL);

    Architecture.of(model.config())
        .weights()
        .forEach((name, spec) -> assertThat(model.weight(name, spec.shape())).isNotNull());
    assertThat(Files.size(BASE_MODEL.resolve("model.safetensors"))).isLessThan(6_000_000);
  }
}

package dev.titanic.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenizerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "once",
        " upon\n\ta  time ",
        "nul \0 inside",
        "Größe €",
        "an emoji \uD83D\uDEA2 of 4 bytes"
      })
  void encodesEveryByteOfATextAndAddsNothing(String text) {
    try (Tokenizer tokenizer = TestTokenizer.load()) {
      assertThat(tokenizer.encode(text)).containsExactly(bytes(text));
    }
  }

  @Test
  void cutsNothingOffAlthoughTheFileSaysSo() throws IOException {
    assertThat(Files.readString(TestTokenizer.file())).contains("\"max_length\": 16");
    String text = "a text that is longer than sixteen tokens ".repeat(100);

    try (Tokenizer tokenizer = TestTokenizer.load()) {
      assertThat(tokenizer.encode(text)).containsExactly(bytes(text));
    }
  }

  @Test
  void countsAddedTokens() {
    try (Tokenizer tokenizer = TestTokenizer.load()) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(TestTokenizer.VOCABULARY_SIZE);
    }
  }

  @Test
  void hashesItsFile(@TempDir Path folder) throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("tokenizer.json"), Files.readString(TestTokenizer.file()) + "\n");

    try (Tokenizer tokenizer = TestTokenizer.load();
        Tokenizer again = TestTokenizer.load();
        Tokenizer changed = Tokenizer.load(other)) {
      assertThat(tokenizer.sha256()).matches("[0-9a-f]{64}").isEqualTo(again.sha256());
      assertThat(changed.sha256()).isNotEqualTo(tokenizer.sha256());
    }
  }

  @Test
  void aTokenizerLargerThanTheModelNamesBothSizes() {
    try (Tokenizer tokenizer = TestTokenizer.load()) {
      tokenizer.requireFits(257);
      tokenizer.requireFits(512);
      assertThatThrownBy(() -> tokenizer.requireFits(256))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("token ids up to 256")
          .hasMessageContaining("vocab_size is 256")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) {
    assertThatThrownBy(() -> Tokenizer.load(folder.resolve("tokenizer.json")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("tokenizer.json cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{\"model\":", "{}", "{\"version\":\"1.0\",\"model\":{\"vocab\":{}}}"})
  void aFileThatIsNoTokenizerIsNamed(String content, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("tokenizer.json"), content);

    assertThatThrownBy(() -> Tokenizer.load(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("tokenizer.json is not a tokenizer.json");
  }

  private static int[] bytes(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    int[] ids = new int[bytes.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Byte.toUnsignedInt(bytes[i]);
    }
    return ids;
  }
}

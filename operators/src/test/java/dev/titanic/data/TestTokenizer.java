package dev.titanic.data;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** A byte-level tokenizer without merges: the id of a byte is its value, 256 ends a text. */
final class TestTokenizer {
  static final int END_OF_TEXT = 256;
  static final int VOCABULARY_SIZE = 257;

  private TestTokenizer() {}

  static Path file() {
    try {
      return Path.of(
          Objects.requireNonNull(TestTokenizer.class.getResource("tokenizer.json")).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static Tokenizer load() {
    return Tokenizer.load(file());
  }
}

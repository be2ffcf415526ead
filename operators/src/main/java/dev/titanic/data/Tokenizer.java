package dev.titanic.data;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * The model's tokenizer, from its {@code tokenizer.json}: no special tokens are added, nothing is
 * padded or cut off, whatever the file says. Used by one thread at a time.
 */
public final class Tokenizer implements AutoCloseable {
  private static final Map<String, String> WHOLE_TEXTS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  static {
    // The library would announce itself to its makers; on a client's host nothing may.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final int vocabularySize;
  private final String sha256;

  private Tokenizer(Path file, HuggingFaceTokenizer tokenizer, int vocabularySize, String sha256) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.vocabularySize = vocabularySize;
    this.sha256 = sha256;
  }

  /**
   * Loads a {@code tokenizer.json}.
   *
   * @throws DataException when the file cannot be read or is no tokenizer
   */
  public static Tokenizer load(Path file) {
    byte[] json;
    try {
      json = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DataException("tokenizer " + file + " cannot be read", e);
    }
    try {
      int vocabularySize = vocabularySize(new ObjectMapper().readTree(json));
      return new Tokenizer(
          file,
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), WHOLE_TEXTS),
          vocabularySize,
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json)));
    } catch (IOException | RuntimeException e) {
      throw new DataException(
          "tokenizer %s is not a tokenizer.json of the Hugging Face tokenizers library"
              .formatted(file),
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int vocabularySize(JsonNode json) {
    int highest = -1;
    JsonNode vocabulary = json.at("/model/vocab");
    if (vocabulary.isArray()) { // Unigram: [[piece, score], …], the index is the id
      highest = vocabulary.size() - 1;
    } else {
      for (JsonNode id : vocabulary) {
        highest = Math.max(highest, id.intValue());
      }
    }
    for (JsonNode added : json.path("added_tokens")) {
      highest = Math.max(highest, added.path("id").intValue());
    }
    return highest + 1;
  }

  /**
   * Encodes a text. Where the text spells out one of the tokenizer's added tokens, that token comes
   * out, as in the original library.
   *
   * @throws DataException when the tokenizer has no tokens for it
   */
  public int[] encode(String text) {
    try {
      return Arrays.stream(tokenizer.encode(text, false, false).getIds())
          .mapToInt(Math::toIntExact)
          .toArray();
    } catch (RuntimeException e) {
      // Without the cause: the library's messages may quote the text.
      throw new DataException(
          "the tokenizer cannot encode a text of " + text.length() + " characters");
    }
  }

  /** The highest token id, added tokens included, plus one. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /**
   * Checks that the model has an embedding for every token.
   *
   * @param modelVocabularySize {@code vocab_size} of the model
   */
  public void requireFits(int modelVocabularySize) {
    if (vocabularySize > modelVocabularySize) {
      throw new DataException(
          "tokenizer %s has token ids up to %d, the model's vocab_size is %d: they do not belong together"
              .formatted(file, vocabularySize - 1, modelVocabularySize));
    }
  }

  /** SHA-256 of the file, in lower-case hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}

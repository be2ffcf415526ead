package dev.titanic.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Kafka value as a document, all in UTF-8: an object with the one field "text", an object
 * with the one field "tokens", or plain text.
 *
 * <p>A value whose first two characters, white space aside, are an opening brace and a quotation
 * mark is JSON: it must be one of the two objects, or it is unusable. Every other value is plain
 * text, so that source code and wiki markup may begin with a brace. Whoever has a plain text that
 * begins like JSON wraps it in an object with the field "text".
 */
public final class DocumentParser {
  private static final String VALID = "valid is {\"text\": string} or {\"tokens\": [integers]}";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final int vocabularySize;

  DocumentParser(int vocabularySize) {
    this.vocabularySize = vocabularySize;
  }

  /** Whether a text would be read as JSON, as the rule of this class says. */
  public static boolean readsAsJson(String text) {
    int brace = nextVisible(text, 0);
    return brace < text.length()
        && text.charAt(brace) == '{'
        && text.startsWith("\"", nextVisible(text, brace + 1));
  }

  /** Says why a text is no JSON record, whatever the vocabulary; empty when it is one. */
  public static Optional<String> problemOf(String record) {
    if (!readsAsJson(record)) {
      return Optional.of("not a JSON object; " + VALID);
    }
    return new DocumentParser(Integer.MAX_VALUE).json(record) instanceof Document.Unusable unusable
        ? Optional.of(unusable.reason())
        : Optional.empty();
  }

  private static int nextVisible(String text, int from) {
    int at = from;
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  Document parse(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return new Document.Unusable("an empty document");
    }
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return new Document.Unusable("not UTF-8");
    }
    return readsAsJson(text) ? json(text) : new Document.Text(text);
  }

  private Document json(String json) {
    JsonNode document;
    try {
      document = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return new Document.Unusable("begins like JSON but is not; " + VALID);
    }
    if (document.size() == 1 && document.path("text").isTextual()) {
      return text(document.path("text").textValue());
    }
    if (document.size() == 1 && document.path("tokens").isArray()) {
      return tokens(document.path("tokens"));
    }
    return new Document.Unusable("a JSON object that is no document; " + VALID);
  }

  private static Document text(String text) {
    if (text.isEmpty()) {
      return new Document.Unusable("an empty document");
    }
    // Escapes can spell half a surrogate pair, which no encoding can represent.
    return UTF_8.newEncoder().canEncode(text)
        ? new Document.Text(text)
        : new Document.Unusable("a text with an unpaired surrogate");
  }

  private Document tokens(JsonNode array) {
    if (array.isEmpty()) {
      return new Document.Unusable("an empty document");
    }
    int[] ids = new int[array.size()];
    for (int i = 0; i < ids.length; i++) {
      JsonNode id = array.get(i);
      if (!id.isIntegralNumber()) {
        return new Document.Unusable("token " + i + " is not an integer");
      }
      if (!id.canConvertToInt() || id.intValue() < 0 || id.intValue() >= vocabularySize) {
        return new Document.Unusable(
            "token %d is out of range; valid is 0 to %d".formatted(i, vocabularySize - 1));
      }
      ids[i] = id.intValue();
    }
    return new Document.Tokens(ids);
  }
}

package dev.titanic.nn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A model's {@code config.json}, with typed access that fails by key. */
public final class ModelConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String file;
  private final JsonNode root;

  ModelConfig(String file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /** Reads the configuration of a model that is known by nothing else, such as a resource. */
  public static ModelConfig read(URL file) {
    try (InputStream json = file.openStream()) {
      return new ModelConfig(file.toString(), JSON.readTree(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The architecture's name, such as {@code llama}. */
  public String modelType() {
    return text("model_type");
  }

  /** Id of the end-of-text token, the first if there are several. */
  public OptionalInt endOfTextId() {
    JsonNode id = root.path("eos_token_id");
    JsonNode first = id.isArray() ? id.path(0) : id;
    return first.isInt() ? OptionalInt.of(first.intValue()) : OptionalInt.empty();
  }

  public boolean has(String key) {
    return root.hasNonNull(key);
  }

  /** Whether the key is there and says {@code null}, as opposed to one that is absent. */
  public boolean isNull(String key) {
    return root.path(key).isNull();
  }

  /** Whether there are no keys. */
  public boolean isEmpty() {
    return root.isEmpty();
  }

  public String text(String key) {
    JsonNode value = root.path(key);
    if (!value.isTextual()) {
      throw invalid(key, "a string");
    }
    return value.textValue();
  }

  /** A string, or the default when the key is absent. */
  public String text(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  /** A list of strings. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : root.path(key)) {
      texts.add(value.asText());
    }
    if (texts.isEmpty()) {
      throw invalid(key, "a list of strings");
    }
    return texts;
  }

  public int positive(String key) {
    JsonNode value = root.path(key);
    if (!value.isInt() || value.intValue() <= 0) {
      throw invalid(key, "a positive integer");
    }
    return value.intValue();
  }

  /** A positive integer, or the default when the key is absent. */
  public int positive(String key, int absent) {
    return has(key) ? positive(key) : absent;
  }

  /** An integer from 0 on, or the default when the key is absent. */
  public int count(String key, int absent) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = root.path(key);
    if (!value.isInt() || value.intValue() < 0) {
      throw invalid(key, "an integer from 0 on");
    }
    return value.intValue();
  }

  /** A positive integer that divides the one of another key. */
  public int divisor(String key, String dividend) {
    int divisor = positive(key);
    if (positive(dividend) % divisor != 0) {
      throw invalid(key, "a divisor of " + dividend);
    }
    return divisor;
  }

  /** A positive number, or the default when the key is absent. */
  public double number(String key, double absent) {
    return has(key) ? number(key) : absent;
  }

  public double number(String key) {
    JsonNode value = root.path(key);
    if (!value.isNumber() || !(value.doubleValue() > 0)) {
      throw invalid(key, "a positive number");
    }
    return value.doubleValue();
  }

  /** A rate of dropout, or the default when the key is absent. */
  public double rate(String key, double absent) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = root.path(key);
    if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() < 1)) {
      throw invalid(key, "a number from 0 to below 1");
    }
    return value.doubleValue();
  }

  /** An index into so many rows, from the end when negative; empty when the key is absent. */
  public OptionalInt index(String key, int rows) {
    if (!has(key)) {
      return OptionalInt.empty();
    }
    JsonNode value = root.path(key);
    if (!value.isInt() || value.intValue() < -rows || value.intValue() >= rows) {
      throw invalid(key, "an integer from %d to %d, or null".formatted(-rows, rows - 1));
    }
    return OptionalInt.of(Math.floorMod(value.intValue(), rows));
  }

  /** A switch, or the default when the key is absent. */
  public boolean flag(String key, boolean absent) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = root.path(key);
    if (!value.isBoolean()) {
      throw invalid(key, "true or false");
    }
    return value.booleanValue();
  }

  /** A nested object; empty when the key is absent. */
  public ModelConfig object(String key) {
    JsonNode value = root.path(key);
    if (has(key) && !value.isObject()) {
      throw invalid(key, "an object");
    }
    return new ModelConfig(file + ": " + key, value);
  }

  /** An error about one key. */
  public ModelException invalid(String key, String valid) {
    JsonNode value = root.path(key);
    String found = value.isMissingNode() ? "missing" : value.toString();
    return new ModelException(file + ": " + key + ": " + found + ": use " + valid);
  }
}

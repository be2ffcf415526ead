package dev.titanic.job.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One option of the configuration file.
 *
 * @param key path of keys; {@code []} stands for every item of a list, {@code <k>} for a number
 *     from 1 on
 * @param required whether the file must have it
 * @param defaultValue null when there is none, or when it depends on other options
 * @param defaultText the default in words, empty for a required option
 */
record Option<T>(
    String key,
    ValueType<T> type,
    boolean required,
    @Nullable T defaultValue,
    String defaultText,
    String description) {

  static <T> Option<T> required(String key, ValueType<T> type, String description) {
    return new Option<>(key, type, true, null, "", description);
  }

  static <T> Option<T> optional(
      String key, ValueType<T> type, String defaultText, String description) {
    return new Option<>(
        key, type, false, type.reader().apply(defaultText), defaultText, description);
  }

  /** An option whose default is no constant. */
  static <T> Option<T> derived(
      String key, ValueType<T> type, String defaultInWords, String description) {
    return new Option<>(key, type, false, null, defaultInWords, description);
  }

  /** The last key of the path. */
  String name() {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** The path without its last key; empty at the top. */
  String section() {
    return key.substring(0, Math.max(0, key.lastIndexOf('.')));
  }

  /** Whether the last key stands for many. */
  boolean isNumbered() {
    return key.endsWith("<k>");
  }

  /** Matches the last key as a file writes it. */
  Pattern namePattern() {
    return Pattern.compile(
        "^" + (isNumbered() ? name().replace("<k>", "[1-9][0-9]{0,3}") : name()) + "$");
  }
}

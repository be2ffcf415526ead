package dev.titanic.job.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values that a file has, by their keys, with their places; a list's item is {@code [0]}. */
final class Values {
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Location> locations = new LinkedHashMap<>();
  private final Set<String> written = new HashSet<>();

  void put(String key, Object value) {
    values.put(key, value);
  }

  void locate(String key, Location location) {
    locations.put(key, location);
  }

  /** Where the key is, or the nearest section around it that the file has. */
  Location location(String key) {
    Location location = locations.get(key);
    if (location != null) {
      return location;
    }
    int end = Math.max(key.lastIndexOf('.'), key.lastIndexOf('['));
    return end < 0 ? Location.START : location(key.substring(0, end));
  }

  /** Whether the file has the key, whatever it says there. */
  boolean isLocated(String key) {
    return locations.containsKey(key);
  }

  /** Notes that the file has this section, even if there is nothing in it. */
  void write(String section) {
    written.add(section);
  }

  boolean isWritten(Section section) {
    return written.contains(section.path());
  }

  /** The value of an option that is required or has a constant default. */
  <T> T get(Option<T> option) {
    return get(option, option.key());
  }

  <T> T get(Option<T> option, int item) {
    return get(option, key(option, item));
  }

  /** The value of an option, null when neither the file nor the option has one. */
  <T> @Nullable T find(Option<T> option) {
    return find(option, option.key());
  }

  <T> @Nullable T find(Option<T> option, int item) {
    return find(option, key(option, item));
  }

  /** The values of a numbered option by number. */
  <T> Map<Integer, T> numbered(Option<T> option) {
    String prefix = option.key().replace("<k>", "");
    Map<Integer, T> numbered = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            int number = Integer.parseInt(key.substring(prefix.length()));
            numbered.put(number, option.type().javaType().cast(value));
          }
        });
    return numbered;
  }

  /** How many items the list of this section has. */
  int items(Section list) {
    int items = 0;
    while (locations.containsKey(item(list.path(), items))) {
      items++;
    }
    return items;
  }

  static String key(Option<?> option, int item) {
    return item(option.key(), item);
  }

  static String join(String section, String name) {
    return section.isEmpty() ? name : section + "." + name;
  }

  /** The path of a list's item. */
  static String item(String path, int item) {
    return path.replace("[]", "[" + item + "]");
  }

  private <T> T get(Option<T> option, String key) {
    T value = find(option, key);
    if (value == null) {
      throw new IllegalStateException(key + " has no value");
    }
    return value;
  }

  private <T> @Nullable T find(Option<T> option, String key) {
    Object value = values.get(key);
    return value == null ? option.defaultValue() : option.type().javaType().cast(value);
  }
}

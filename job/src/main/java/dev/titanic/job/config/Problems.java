package dev.titanic.job.config;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with one file, in the order in which it was found. */
final class Problems {
  private final String file;
  private final List<String> lines = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  /** Adds a line: what is wrong, and what would be valid. */
  void add(Location at, String what) {
    lines.add("%s:%d:%d: %s".formatted(file, at.line(), at.column(), what));
  }

  /** Ends the reading when something was wrong. */
  void throwIfAny() throws InvalidConfig {
    if (!lines.isEmpty()) {
      throw new InvalidConfig(lines);
    }
  }
}

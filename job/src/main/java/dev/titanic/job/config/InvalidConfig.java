package dev.titanic.job.config;

import java.util.List;

/** A configuration that cannot be run. */
public final class InvalidConfig extends Exception {
  private final List<String> problems;

  InvalidConfig(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each: the place in the file, the key, what is wrong, what would be valid. */
  public List<String> problems() {
    return problems;
  }
}

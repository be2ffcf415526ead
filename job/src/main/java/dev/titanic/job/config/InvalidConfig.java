package dev.titanic.job.config;

import java.util.List;

/** A configuration that cannot be run. */
public final class InvalidConfig extends Exception {
  private final List<String> problems;

  /**
   * @param problems one line each
   */
  public InvalidConfig(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each: the place in the file if known, the key, what is wrong, what would be valid. */
  public List<String> problems() {
    return problems;
  }
}

package dev.titanic.job.config;

import java.util.List;

/** Several names of a list in the file, or one without a list. */
record Names(List<String> all) {

  /** Between names that are joined to one text. */
  static final String SEPARATOR = ",";

  Names {
    all = List.copyOf(all);
  }

  static Names of(String text) {
    return new Names(text.isEmpty() ? List.of() : List.of(text.split(SEPARATOR)));
  }
}

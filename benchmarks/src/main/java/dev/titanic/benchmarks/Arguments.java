package dev.titanic.benchmarks;

import java.util.List;

/** Whole numbers of a command line, in order, each with a default. */
record Arguments(List<String> values) {

  static Arguments of(String... values) {
    return new Arguments(List.of(values));
  }

  int get(int index, int otherwise) {
    return index < values.size() ? Integer.parseInt(values.get(index)) : otherwise;
  }
}

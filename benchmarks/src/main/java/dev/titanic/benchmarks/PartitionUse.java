package dev.titanic.benchmarks;

/**
 * What a partition took in a process of its own.
 *
 * @param engineBytes what the engine takes before the partition is loaded
 * @param loadedBytes with the partition, before its first step
 * @param peakBytes most that the partition took, the engine apart
 * @param passSeconds CPU time for forward and backward of one step
 * @param commitSeconds CPU time for norms and optimizer of one step
 */
record PartitionUse(
    long engineBytes, long loadedBytes, long peakBytes, double passSeconds, double commitSeconds) {
  private static final String PREFIX = "partition-use ";

  /** As a line that {@link #parse} finds among others. */
  String toLine() {
    return PREFIX
        + String.join(
            " ",
            Long.toString(engineBytes),
            Long.toString(loadedBytes),
            Long.toString(peakBytes),
            Double.toString(passSeconds),
            Double.toString(commitSeconds));
  }

  static boolean isLine(String line) {
    return line.startsWith(PREFIX);
  }

  static PartitionUse parse(String line) {
    String[] values = line.substring(PREFIX.length()).split(" ", -1);
    return new PartitionUse(
        Long.parseLong(values[0]),
        Long.parseLong(values[1]),
        Long.parseLong(values[2]),
        Double.parseDouble(values[3]),
        Double.parseDouble(values[4]));
  }
}

package dev.titanic.protocol;

/**
 * Which micro-batch a partition works on.
 *
 * @param version number of committed steps behind the model
 * @param index within the step, over all owners
 */
public record MicroBatch(long version, int index) {
  public MicroBatch {
    if (version < 0 || index < 0) {
      throw new IllegalArgumentException("micro-batch " + index + " on version " + version);
    }
  }

  @Override
  public String toString() {
    return "micro-batch %d on version %d".formatted(index, version);
  }
}

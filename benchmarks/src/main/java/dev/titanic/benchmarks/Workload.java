package dev.titanic.benchmarks;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The same steps over the same tokens, for everybody.
 *
 * @param warmUp steps that are not measured
 * @param steps that are measured
 */
record Workload(int warmUp, int steps) {
  static final int MICRO_BATCHES = 4;
  static final int MICRO_BATCH_SIZE = 4;
  static final int SEQUENCE_LENGTH = 128;
  static final double LEARNING_RATE = 1e-4;
  static final double WEIGHT_DECAY = 0.01;

  private static final long SEED = 2;

  int allSteps() {
    return warmUp + steps;
  }

  /** Tokens of the measured steps. */
  long tokens() {
    return (long) steps * MICRO_BATCHES * MICRO_BATCH_SIZE * SEQUENCE_LENGTH;
  }

  /** All sequences, in the order in which they are trained on. */
  Stream<int[]> sequences() {
    Random random = new Random(SEED);
    return IntStream.range(0, allSteps() * MICRO_BATCHES * MICRO_BATCH_SIZE)
        .mapToObj(sequence -> random.ints(SEQUENCE_LENGTH, 0, RandomLlama.VOCABULARY).toArray());
  }

  /** A sequence as the record of a topic. */
  static String toRecord(int[] sequence) {
    return "{\"tokens\": " + Arrays.toString(sequence) + "}";
  }
}

package dev.titanic.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * What masks add to a sum over four owners, without a network: all of their work and the server's,
 * and the bytes. Arguments: rounds, sums to warm up, sums to measure.
 */
public final class MaskedSum {
  private static final int ROUNDS = 5;
  private static final int WARM_UP = 2;
  private static final int SUMS = 5;

  private MaskedSum() {}

  public static void main(String[] values) throws Exception {
    Arguments arguments = Arguments.of(values);
    int warmUp = arguments.get(1, WARM_UP);
    int sums = arguments.get(2, SUMS);
    Machine.print(System.out);
    try (ScratchDirectory scratch = ScratchDirectory.create()) {
      Path model = RandomLlama.writeWide(scratch.path());
      SumOverOwners plain = new SumOverOwners(model, false, warmUp, sums);
      SumOverOwners masked = new SumOverOwners(model, true, warmUp, sums);
      Comparison comparison = new Comparison(System.out, "thousand", List.of(plain, masked));
      comparison.run(arguments.get(0, ROUNDS));
      System.out.println();
      comparison.printRatio(masked, plain, "no target");
      System.out.printf(
          "an owner sends %d bytes a weight masked, %d plain; gets %d and %d%n",
          masked.bytesSent(), plain.bytesSent(), masked.bytesReceived(), plain.bytesReceived());
    }
  }
}

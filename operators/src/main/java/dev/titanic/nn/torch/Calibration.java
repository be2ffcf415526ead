package dev.titanic.nn.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.ComputeDevice;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast a thread of this JVM computes: products of square matrices in float32, for a short
 * while, once.
 */
public final class Calibration {
  private static final int SIZE = 512;
  private static final double OPERATIONS = 2.0 * SIZE * SIZE * SIZE;
  private static final long NANOS = Duration.ofMillis(60).toNanos();
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Map<ComputeDevice, Double> MEASURED = new ConcurrentHashMap<>();

  private Calibration() {}

  /** Floating-point operations per second on a device; the first call loads the engine. */
  public static double flops(ComputeDevice device) {
    return MEASURED.computeIfAbsent(device, Calibration::measure);
  }

  /** The fastest product counts: others were disturbed, the first ones by the engine itself. */
  private static double measure(ComputeDevice device) {
    Torch.onThisThread(false);
    try (PtNDManager scope = Torch.newScope(device)) {
      NDArray matrix = scope.ones(new Shape(SIZE, SIZE)); // (n, n)
      long fastest = Long.MAX_VALUE;
      long end = System.nanoTime() + NANOS;
      do {
        fastest = Math.min(fastest, nanosOfProduct(matrix));
      } while (System.nanoTime() < end);
      return OPERATIONS / fastest * NANOS_PER_SECOND;
    }
  }

  /** Reads a number, for a GPU answers before it is done. */
  private static long nanosOfProduct(NDArray matrix) {
    long start = System.nanoTime();
    try (NDArray product = matrix.matMul(matrix);
        NDArray corner = product.get(0, 0)) {
      corner.getFloat();
    }
    return System.nanoTime() - start;
  }
}

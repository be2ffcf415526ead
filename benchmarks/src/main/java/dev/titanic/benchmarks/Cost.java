package dev.titanic.benchmarks;

/**
 * What a piece of work took.
 *
 * @param cpuSeconds of all threads of this process, the collector's and the compiler's included
 * @param compilerSeconds that the JVM's compilers were busy, on the wall's clock: what is left of
 *     warming up
 * @param units of work, tokens or megabytes
 */
record Cost(double cpuSeconds, double wallSeconds, double compilerSeconds, long units) {
  private static final double MICROS = 1e6;

  /** CPU-microseconds per unit. */
  double cpuMicros() {
    return MICROS * cpuSeconds / units;
  }

  /** Microseconds per unit. */
  double wallMicros() {
    return MICROS * wallSeconds / units;
  }

  /** Microseconds of the compilers per unit. */
  double compilerMicros() {
    return MICROS * compilerSeconds / units;
  }
}

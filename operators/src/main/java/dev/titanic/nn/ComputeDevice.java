package dev.titanic.nn;

/**
 * Where a partition computes: on the CPU, or on one of the machine's GPUs.
 *
 * @param gpu index of the GPU, or {@link #NO_GPU}
 */
public record ComputeDevice(int gpu) {
  private static final int NO_GPU = -1;

  public static final ComputeDevice CPU = new ComputeDevice(NO_GPU);

  public ComputeDevice {
    if (gpu < NO_GPU) {
      throw new IllegalArgumentException("GPU " + gpu);
    }
  }

  public boolean isGpu() {
    return gpu != NO_GPU;
  }

  @Override
  public String toString() {
    return isGpu() ? "GPU " + gpu : "the CPU";
  }
}

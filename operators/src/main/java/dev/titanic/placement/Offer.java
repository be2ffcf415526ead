package dev.titanic.placement;

/**
 * What a client offers to partitions.
 *
 * @param client its id
 * @param memoryBytes {@link Long#MAX_VALUE} when not known, then everything fits
 * @param flops operations per second
 * @param bytesPerSecond in each direction; infinite when sending costs nothing
 */
public record Offer(String client, long memoryBytes, double flops, double bytesPerSecond) {
  public Offer {
    if (memoryBytes < 0) {
      throw new IllegalArgumentException(client + ": memory below 0");
    }
    if (!(flops > 0)) {
      throw new IllegalArgumentException(client + ": " + flops + " operations per second");
    }
    if (!(bytesPerSecond > 0)) {
      throw new IllegalArgumentException(client + ": " + bytesPerSecond + " bytes per second");
    }
  }
}

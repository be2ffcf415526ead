package dev.titanic.schemas.kafka;

/**
 * What a client offers: a value of {@code titanic.clients}, under the client id as key. Advice for
 * the placement only; nothing in it steers the job.
 *
 * @param id client id
 * @param memoryBytes memory for partitions, native memory included
 * @param flops floating-point operations per second
 * @param bandwidthBytesPerSecond of its link
 * @param at when it was measured, in milliseconds since 1970-01-01T00:00:00Z
 */
public record ClientProfile(
    String id, long memoryBytes, double flops, double bandwidthBytesPerSecond, long at) {
  public ClientProfile {
    Checks.present("id", id);
    Checks.notNegative("memoryBytes", memoryBytes);
    Checks.notNegative("flops", flops);
    Checks.notNegative("bandwidthBytesPerSecond", bandwidthBytesPerSecond);
    Checks.notNegative("at", at);
  }

  public byte[] toJson() {
    return Json.write(this);
  }

  /** Reads a profile; what is not one fails with an {@link java.io.UncheckedIOException}. */
  public static ClientProfile fromJson(byte[] json) {
    return Json.read(json, ClientProfile.class);
  }
}

package dev.titanic.nn.partition;

import org.jspecify.annotations.Nullable;

/**
 * A client as a place for partitions.
 *
 * @param memory bytes for partitions; null when not known, then any partition fits
 * @param flops operations per second; null when not known, then as the slowest that is known
 * @param owns whether it has the owner's partition beside what else it hosts, at least in its turn
 */
public record Host(String id, @Nullable Long memory, @Nullable Long flops, boolean owns) {

  /** Bytes that are missing here. */
  public long lack(Memory needed) {
    return memory == null ? 0 : Math.max(0, needed.total() - memory);
  }

  boolean isProfiled() {
    return memory != null || flops != null;
  }
}

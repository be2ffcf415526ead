package dev.titanic.job.flink;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * Network buffers that a column of the placement matrix needs.
 *
 * <p>Every operator of a column has a channel to every column, so the number grows with K N². A
 * TaskManager that has fewer does not fail: the job hangs. And the JobManager computes a column's
 * need with its own segment size, so both must be told the same.
 *
 * @param buffers per TaskManager
 * @param segmentBytes size of a buffer
 */
public record NetworkMemory(long buffers, int segmentBytes) {
  private static final int SMALLEST_SEGMENT = 32 * 1024;
  private static final int LARGEST_SEGMENT = 1024 * 1024;

  /** Of a column's edges to the aggregator and from it. */
  static final int AGGREGATOR_EDGES = 20;

  /** Of the server's edges with one channel. */
  private static final int SERVER_CONSTANT = 60;

  public NetworkMemory {
    if (buffers < 1) {
      throw new IllegalArgumentException("buffers must be positive: " + buffers);
    }
    if (Integer.bitCount(segmentBytes) != 1
        || segmentBytes < SMALLEST_SEGMENT
        || segmentBytes > LARGEST_SEGMENT) {
      throw new IllegalArgumentException(
          "a segment is a power of two from 32 kB to 1 MB, not " + segmentBytes + " bytes");
    }
  }

  /**
   * Chooses the largest segment with which a column's buffers fit.
   *
   * @param stages K, partitions beside the owner's
   * @param clients N, columns
   * @param budgetBytes network memory that a TaskManager may take
   * @throws IllegalArgumentException when not even the smallest segments fit
   */
  public static NetworkMemory fitting(int stages, int clients, long budgetBytes) {
    long buffers = buffersPerTaskManager(stages, clients);
    for (int segment = LARGEST_SEGMENT; segment >= SMALLEST_SEGMENT; segment /= 2) {
      if (buffers * segment <= budgetBytes) {
        return new NetworkMemory(buffers, segment);
      }
    }
    throw new IllegalArgumentException(
        "%d stages over %d clients need %d MB of network memory in every TaskManager, %d MB are available: use fewer stages or clients, or allow more"
            .formatted(
                stages, clients, toMegabytes(buffers * SMALLEST_SEGMENT), budgetBytes >> 20));
  }

  /**
   * Enough for a column that has the edges of an aggregator too, and for the server, which without
   * stages needs more.
   */
  static long buffersPerTaskManager(int stages, int clients) {
    long server = (stages + 5L) * (2L * clients + 8) + SERVER_CONSTANT;
    return Math.max(buffersPerColumn(stages, clients) + AGGREGATOR_EDGES, server);
  }

  /**
   * What Flink announces for the column of owner, K stages and their tail with its default
   * settings. Up to one stage, head gradients have no edge of their own, and 4 N + 16 are to spare.
   */
  static long buffersPerColumn(int stages, int clients) {
    if (stages < 0 || clients < 1) {
      throw new IllegalArgumentException(
          "no columns for %d stages over %d clients".formatted(stages, clients));
    }
    return (4L * stages + 4) * (2L * clients + 8) + 10L * (stages + 3);
  }

  /** Network memory of one TaskManager. */
  public long bytes() {
    return buffers * segmentBytes;
  }

  /** Tells a TaskManager, or the JobManager, what was chosen. */
  public void configure(Configuration configuration) {
    MemorySize size = MemorySize.ofMebiBytes(toMegabytes(bytes()));
    configuration.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, new MemorySize(segmentBytes));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, size);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, size);
  }

  private static long toMegabytes(long bytes) {
    return (bytes + (1 << 20) - 1) >> 20;
  }
}

package dev.titanic.job.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkMemoryTest {
  private static final int KB = 1024;
  private static final long MB = 1024 * KB;

  /** Figures of jobs that ran with this much and hung with less. */
  @ParameterizedTest
  @CsvSource({"8, 16, 48", "32, 32, 308", "32, 100, 869"})
  void needsWhatWasMeasured(int stages, int clients, double megabytes) {
    long bytes = NetworkMemory.buffersPerColumn(stages, clients) * 32 * KB;

    assertThat(bytes / (double) MB).isCloseTo(megabytes, within(1.0));
  }

  @Test
  void ownerAloneNeedsBuffersToo() {
    assertThat(NetworkMemory.buffersPerColumn(0, 1)).isEqualTo(4 * 10 + 30);
  }

  @Test
  void choosesTheLargestSegmentThatFits() {
    long buffers = NetworkMemory.buffersPerTaskManager(3, 4);

    assertThat(NetworkMemory.fitting(3, 4, buffers * MB))
        .isEqualTo(new NetworkMemory(buffers, 1024 * KB));
    assertThat(NetworkMemory.fitting(3, 4, buffers * MB - 1))
        .isEqualTo(new NetworkMemory(buffers, 512 * KB));
    assertThat(NetworkMemory.fitting(3, 4, buffers * 32 * KB))
        .isEqualTo(new NetworkMemory(buffers, 32 * KB));
  }

  @Test
  void segmentsAreNeverLargerThanAMegabyte() {
    assertThat(NetworkMemory.fitting(0, 1, 64L << 30).segmentBytes()).isEqualTo(MB);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkMemory.fitting(32, 32, 308 * MB))
        .withMessage(
            "32 stages over 32 clients need 309 MB of network memory in every TaskManager,"
                + " 308 MB are available: use fewer stages or clients, or allow more");
  }

  @Test
  void tellsTheJobManagerAndTheTaskManagersTheSame() {
    Configuration configuration = new Configuration();
    new NetworkMemory(100, 32 * KB).configure(configuration);

    assertThat(configuration.get(TaskManagerOptions.MEMORY_SEGMENT_SIZE))
        .isEqualTo(new MemorySize(32 * KB));
    assertThat(configuration.get(TaskManagerOptions.NETWORK_MEMORY_MIN))
        .isEqualTo(configuration.get(TaskManagerOptions.NETWORK_MEMORY_MAX))
        .isEqualTo(MemorySize.ofMebiBytes(4));
  }
}

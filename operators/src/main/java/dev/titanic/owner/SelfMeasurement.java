package dev.titanic.owner;

import com.sun.management.OperatingSystemMXBean;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.torch.Calibration;
import dev.titanic.owner.ProfileSettings.Offered;
import dev.titanic.schemas.kafka.ClientProfile;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What a client finds out about itself, once. What somebody has configured is not measured: a
 * client that has flops needs no engine for this.
 */
final class SelfMeasurement {
  private static final int PADDING_BYTES = 256 << 10;
  private static final double NANOS_PER_SECOND = 1e9;

  private final String client;
  private final Offered offered;
  private final ComputeDevice device;
  private final ProfileTopic topic;
  private @Nullable ClientProfile measured;

  SelfMeasurement(String client, Offered offered, ComputeDevice device, ProfileTopic topic) {
    this.client = client;
    this.offered = offered;
    this.device = device;
    this.topic = topic;
  }

  /** What the client offers, as of now; measures it the first time. */
  ClientProfile profile() throws InterruptedException, ExecutionException {
    if (measured == null) {
      measured = profile(offered.bandwidth() == null ? bandwidth() : offered.bandwidth());
    }
    return profile(measured.bandwidthBytesPerSecond());
  }

  private ClientProfile profile(double bandwidth) {
    return new ClientProfile(
        client,
        offered.memory() == null ? memory() : offered.memory(),
        offered.flops() == null ? Calibration.flops(device) : offered.flops(),
        bandwidth,
        System.currentTimeMillis());
  }

  /** The machine's, or the container's, without what the heap may take. */
  private static long memory() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return Math.max(0, system.getTotalMemorySize() - Runtime.getRuntime().maxMemory());
  }

  /**
   * Bytes per second to the broker: how much longer a large record takes than a small one; 0 when
   * that cannot be told. The first record finds the broker and does not count.
   */
  private double bandwidth() throws InterruptedException, ExecutionException {
    ClientProfile withoutBandwidth = profile(0);
    topic.publish(withoutBandwidth);
    long small = topic.publish(withoutBandwidth, 0);
    long large = topic.publish(withoutBandwidth, PADDING_BYTES);
    return large > small ? PADDING_BYTES / ((large - small) / NANOS_PER_SECOND) : 0;
  }
}

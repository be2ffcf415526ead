package dev.titanic.job.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Ports of localhost on which nobody listens.
 *
 * <p>They lie below the range from which the kernel takes ports for outgoing connections, so a
 * server can come back to its port after a restart.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private FreePorts() {}

  /**
   * @throws IllegalStateException when there are not as many
   */
  public static List<Integer> find(int count) {
    // Elsewhere in the range for every call, so that two processes that look at once rarely meet.
    int start = new SplittableRandom().nextInt(LAST - FIRST);
    List<Integer> ports =
        IntStream.range(0, LAST - FIRST)
            .map(offset -> FIRST + (start + offset) % (LAST - FIRST))
            .filter(FreePorts::isFree)
            .limit(count)
            .boxed()
            .toList();
    if (ports.size() < count) {
      throw new IllegalStateException("no %d free ports on localhost".formatted(count));
    }
    return ports;
  }

  /** Whether a server could listen there now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

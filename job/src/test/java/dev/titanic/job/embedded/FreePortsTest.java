package dev.titanic.job.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class FreePortsTest {

  @Test
  void findsDistinctPorts() {
    assertThat(FreePorts.find(5)).hasSize(5).doesNotHaveDuplicates().allMatch(FreePorts::isFree);
  }

  @Test
  void aPortIsTakenWhileSomeoneListens() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePorts.isFree(server.getLocalPort())).isFalse();
    }
  }
}

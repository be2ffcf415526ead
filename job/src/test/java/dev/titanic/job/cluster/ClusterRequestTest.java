package dev.titanic.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.titanic.job.embedded.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterRequestTest {
  private static final long BUDGET = 256L << 20;

  @Test
  void keepsTheAddressesOfTheLastCluster() {
    ClusterPlan first = request(List.of("alice"), null).plan(null);
    ClusterPlan second = request(List.of("alice", "bob"), null).plan(first);

    assertThat(second.ports().web()).isEqualTo(first.ports().web());
    assertThat(second.ports().kafka()).isEqualTo(first.ports().kafka());
    assertThat(second.ports().kafkaController()).isEqualTo(first.ports().kafkaController());
  }

  @Test
  void refusesAPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertRefused(request(List.of("alice"), port), "--web-port " + port + ": the port is taken");
    }
  }

  @Test
  void refusesClientsThatCannotBeToldApart() {
    assertRefused(request(List.of("bob", "bob"), null), "a client is named twice: bob,bob");
    assertRefused(request(List.of("server"), null), "a client cannot be called 'server'");
    assertRefused(
        request(List.of("../bob"), null),
        "a client id consists of letters, digits, '_', '.' and '-': '../bob'");
    assertRefused(request(List.of(), null), "a cluster needs at least one client");
  }

  @Test
  void planIsReadAsItWasWritten(@TempDir Path root) throws IOException {
    ClusterDirectory directory = new ClusterDirectory(root);
    ClusterPlan plan = request(List.of("alice", "bob"), null).plan(null);
    plan.save(directory);

    assertThat(ClusterPlan.load(directory)).contains(plan);
  }

  @Test
  void planOfAClusterWithoutSparesIsReadToo(@TempDir Path root) throws IOException {
    ClusterDirectory directory = new ClusterDirectory(root);
    ClusterPlan plan = request(List.of("alice", "bob"), null).plan(null);
    plan.save(directory);
    String json = Files.readString(directory.plan());
    assertThat(json).contains("spares");

    Files.writeString(directory.plan(), json.replaceFirst("\"spares\" : \\[ \\],", ""));

    assertThat(Files.readString(directory.plan())).doesNotContain("spares");
    assertThat(ClusterPlan.load(directory)).contains(plan);
  }

  @Test
  void configurationHasTheAddressesAndTheNetworkMemory(@TempDir Path root) {
    int port = FreePorts.find(1).get(0);
    ClusterPlan plan = request(List.of("alice"), port).plan(null);
    Configuration configuration = plan.configuration(new ClusterDirectory(root));

    assertThat(configuration.get(RestOptions.PORT)).isEqualTo(port);
    assertThat(configuration.get(TaskManagerOptions.NETWORK_MEMORY_MAX).getBytes())
        .isGreaterThanOrEqualTo(plan.network().bytes());
  }

  private static void assertRefused(ClusterRequest request, String message) {
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(() -> request.plan(null))
        .withMessage(message);
  }

  private static ClusterRequest request(List<String> clients, @Nullable Integer webPort) {
    return new ClusterRequest(clients, List.of(), 2, BUDGET, webPort, null);
  }
}

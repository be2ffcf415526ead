package dev.titanic.job.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.titanic.job.cluster.ClusterStatus.Part;
import dev.titanic.job.cluster.ClusterStatus.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClusterITCase {
  private static final List<String> CLIENTS = List.of("alice", "bob");
  private static final ClusterRequest REQUEST =
      new ClusterRequest(CLIENTS, 2, 64L << 20, null, null);

  private Path directory;
  private Cluster cluster;

  @BeforeAll
  void start(@TempDir Path root) throws Exception {
    directory = root.resolve("cluster");
    cluster = Cluster.up(directory, REQUEST);
  }

  @AfterAll
  void stop() throws Exception {
    cluster.down();

    assertThat(cluster.status().parts()).allMatch(part -> part.state() == State.DOWN);
  }

  @Test
  void isCompleteAndServesKafka() throws Exception {
    ClusterStatus status = cluster.status();

    assertThat(status.isComplete()).isTrue();
    assertThat(status.parts())
        .extracting(Part::name)
        .containsExactly("kafka", "jobmanager", "server", "alice", "bob");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", status.kafka()))) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
  }

  @Test
  void aKilledClientIsMissedAndComesBack() throws Exception {
    ProcessHandle bob = ProcessHandle.of(part("bob").pid()).orElseThrow();
    bob.destroyForcibly();
    bob.onExit().get(30, TimeUnit.SECONDS);
    assertThat(part("bob").state()).isEqualTo(State.DOWN);

    Cluster.in(directory).startClient("bob");

    assertThat(part("bob").state()).isEqualTo(State.UP);
    assertThat(part("bob").pid()).isNotEqualTo(bob.pid());
  }

  @Test
  void startsNothingTwice() {
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(() -> Cluster.up(directory, REQUEST))
        .withMessageContaining("already running");
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(() -> cluster.startClient("alice"))
        .withMessage("the TaskManager of alice is already running");
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(() -> cluster.startClient("mallory"))
        .withMessage("'mallory' is not a client of this cluster; its clients are alice, bob");
  }

  @Test
  void flinksOwnCommandLineReachesIt() throws Exception {
    Process list =
        new ProcessBuilder(cluster.flinkCommand().toString(), "list")
            .redirectErrorStream(true)
            .start();

    String output = new String(list.getInputStream().readAllBytes(), UTF_8);
    assertThat(list.waitFor()).as(output).isZero();
    assertThat(output).contains("No running jobs");
  }

  private Part part(String name) throws Exception {
    return cluster.status().parts().stream()
        .filter(part -> part.name().equals(name))
        .findAny()
        .orElseThrow();
  }
}

package dev.titanic.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterProcessTest {
  private static final ProcessHandle THIS = ProcessHandle.current();

  private final long startedAt = THIS.info().startInstant().orElseThrow().toEpochMilli();
  private final String program = THIS.info().command().orElseThrow();

  @Test
  void knowsTheProcessItStarted() {
    assertThat(process(startedAt, program).isAlive()).isTrue();
  }

  /** If it did stop this process, nobody would be left to say so. */
  @Test
  void neverStopsAnotherProcessWithTheSameNumber() throws Exception {
    ClusterProcess startedEarlier = process(startedAt - 60_000, program);
    ClusterProcess otherProgram = process(startedAt, "/bin/other");

    startedEarlier.stop();
    otherProgram.stop();

    assertThat(startedEarlier.isAlive()).isFalse();
    assertThat(otherProgram.isAlive()).isFalse();
  }

  @Test
  void isFoundByAnotherCommand(@TempDir Path directory) throws Exception {
    ClusterProcess bob = process(startedAt, program);
    new ProcessTable(directory).add(bob);

    assertThat(new ProcessTable(directory).find("bob")).contains(bob);
    assertThat(new ProcessTable(directory).find("alice")).isEmpty();
  }

  @Test
  void hasAnotherResourceIdAfterEachRestart() {
    assertThat(process(startedAt, program).resourceId()).isEqualTo("bob-2");
  }

  private static ClusterProcess process(long startedAt, String program) {
    return new ClusterProcess("bob", 2, THIS.pid(), startedAt, program);
  }
}

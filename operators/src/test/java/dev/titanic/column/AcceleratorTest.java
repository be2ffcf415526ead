package dev.titanic.column;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.nn.ComputeDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With what a discovery script prints. Flink's GPU plugin, which runs such a script, comes with
 * Flink's distribution only, so {@link DiscoveryScript} stands for it here.
 */
final class AcceleratorTest {
  @TempDir private Path directory;

  @Test
  void computesOnTheGpuThatTheDiscoveryScriptFinds() throws Exception {
    assertThat(Accelerator.choose(discovered("3"), () -> 4, 0)).isEqualTo(new ComputeDevice(3));
  }

  @Test
  void dealsSeveralGpusToTheRowsInTurn() throws Exception {
    Set<? extends ExternalResourceInfo> given = discovered("1,0");
    assertThat(Accelerator.choose(given, () -> 2, 0)).isEqualTo(new ComputeDevice(0));
    assertThat(Accelerator.choose(given, () -> 2, 1)).isEqualTo(new ComputeDevice(1));
    assertThat(Accelerator.choose(given, () -> 2, 2)).isEqualTo(new ComputeDevice(0));
  }

  @Test
  void computesOnTheCpuWhenTheEngineCannotUseTheGpu() throws Exception {
    assertThat(Accelerator.choose(discovered("0"), () -> 0, 0)).isEqualTo(ComputeDevice.CPU);
  }

  @Test
  void computesOnTheCpuWithoutTheResourceAndDoesNotLoadTheEngineToKnow() {
    assertThat(
            Accelerator.choose(
                Set.of(),
                () -> {
                  throw new AssertionError("asked");
                },
                0))
        .isEqualTo(ComputeDevice.CPU);
  }

  private Set<? extends ExternalResourceInfo> discovered(String indexes) throws Exception {
    Path script = directory.resolve("discover.sh");
    Files.writeString(script, "#!/bin/sh\necho " + indexes + "\n", UTF_8);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return new DiscoveryScript(script).retrieveResourceInfo(indexes.split(",").length);
  }
}

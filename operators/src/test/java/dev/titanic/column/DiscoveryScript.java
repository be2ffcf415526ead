package dev.titanic.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.externalresource.ExternalResourceDriver;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;

/**
 * Runs a script with the amount as its argument; it prints the indexes of GPUs, with commas between
 * them: the contract of Flink's GPU plugin.
 */
record DiscoveryScript(Path script) implements ExternalResourceDriver {

  @Override
  public Set<? extends ExternalResourceInfo> retrieveResourceInfo(long amount)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(script.toString(), Long.toString(amount)).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(script + " exited with " + process.exitValue());
    }
    return Arrays.stream(printed.strip().split(",", -1))
        .map(Gpu::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  private record Gpu(String index) implements ExternalResourceInfo {
    @Override
    public Optional<String> getProperty(String key) {
      return key.equals("index") ? Optional.of(index) : Optional.empty();
    }

    @Override
    public Collection<String> getKeys() {
      return List.of("index");
    }
  }
}

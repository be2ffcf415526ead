package dev.titanic.nn.graph;

import static java.util.Objects.requireNonNull;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Files that {@code torch.jit.trace} wrote; {@code make.py} beside them made them. */
public final class TracedFiles {
  private TracedFiles() {}

  /** {@code cnn} and {@code mlp} take float32, {@code gpt2} and {@code llama} tokens. */
  public static Path of(String name) {
    try {
      String resource = "/traced/" + name + ".pt";
      return Path.of(requireNonNull(TracedFiles.class.getResource(resource), resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

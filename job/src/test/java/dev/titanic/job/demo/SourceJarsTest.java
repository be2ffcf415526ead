package dev.titanic.job.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceJarsTest {
  private static final Library LIBRARY = new Library("org.example", "hello", "1.2");

  @TempDir private Path directory;

  @Test
  void usesTheJarThatIsThere() throws Exception {
    Path jar = Files.createFile(directory.resolve("hello-1.2-sources.jar"));

    assertThat(new SourceJars(directory, "no-such-maven").of(LIBRARY)).isEqualTo(jar);
  }

  @Test
  void saysInOneLineThatMavenFailed() {
    SourceJars jars = new SourceJars(directory, "false"); // a command that always fails

    assertThatThrownBy(() -> jars.of(LIBRARY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Maven cannot fetch org.example:hello:1.2:jar:sources")
        .hasMessageContaining("maven.log")
        .hasMessageNotContaining("\n");
  }

  @Test
  void saysInOneLineThatThereIsNoMaven() {
    SourceJars jars = new SourceJars(directory, "no-such-maven");

    assertThatThrownBy(() -> jars.of(LIBRARY))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "no no-such-maven to fetch libraries with; valid: Maven 3.8 or later on the PATH");
  }
}

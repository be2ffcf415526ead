package dev.titanic.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressFileTest {
  @TempDir private Path directory;

  @Test
  void aRestoreCutsBackWhatTheSnapshotDoesNotKnow() {
    long known;
    try (ProgressFile file = ProgressFile.open(path(), 0)) {
      file.add("step 1");
      known = file.flush();
      file.add("step 2, once");
    }

    try (ProgressFile file = ProgressFile.open(path(), known)) {
      file.add("step 2, again");
    }

    assertThat(path()).hasContent("step 1\nstep 2, again\n");
  }

  @Test
  void aNewRunBeginsAnew() {
    try (ProgressFile file = ProgressFile.open(path(), 0)) {
      file.add("of an earlier run");
    }

    try (ProgressFile file = ProgressFile.open(path(), 0)) {
      file.add("step 1");
    }

    assertThat(path()).hasContent("step 1\n");
  }

  @Test
  void aFileThatIsGoneIsBegunAnewWithoutAHole() {
    try (ProgressFile file = ProgressFile.open(path(), 1000)) {
      file.add("step 9");
    }

    assertThat(path()).hasContent("step 9\n");
  }

  private Path path() {
    return new OutputDirectory(directory).progress();
  }
}

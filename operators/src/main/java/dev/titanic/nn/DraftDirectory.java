package dev.titanic.nn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory that appears whole or not at all: it is filled beside its place, and {@link #publish}
 * moves it there. Closing without that leaves nothing.
 */
public final class DraftDirectory implements AutoCloseable {
  private final Path target;
  private final Path draft;

  private DraftDirectory(Path target, Path draft) {
    this.target = target;
    this.draft = draft;
  }

  /**
   * @param target where {@link #publish} puts it; replaces what is there
   */
  public static DraftDirectory create(Path target) {
    try {
      Path parent = Files.createDirectories(target.toAbsolutePath().getParent());
      Path draft = parent.resolve("." + target.getFileName() + "-" + UUID.randomUUID());
      // not a temporary one: those are for their owner's eyes only
      return new DraftDirectory(target, Files.createDirectory(draft));
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /** Where to write. */
  public Path path() {
    return draft;
  }

  /** Directories cannot replace each other in one move: the old one steps aside first. */
  public void publish() {
    Path old = draft.resolveSibling(draft.getFileName() + "-old");
    try {
      if (Files.exists(target)) {
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
    delete(old);
  }

  private static ModelException unwritable(Path target, IOException cause) {
    return new ModelException(target + ": cannot be written: use a writable directory", cause);
  }

  /** Removes what was written, unless it was published. */
  @Override
  public void close() {
    delete(draft);
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.titanic.job.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The {@code -sources} jars of libraries, which Maven fetches once.
 *
 * @param directory where they stay
 * @param maven the command
 */
record SourceJars(Path directory, String maven) {
  private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

  /**
   * Returns the jar of a library's sources.
   *
   * @throws IOException in one line for the user, when it is not here and Maven cannot get it
   */
  Path of(Library library) throws IOException, InterruptedException {
    Path jar = directory.resolve(library.sourcesJar());
    if (!Files.exists(jar)) {
      fetch(library);
    }
    return jar;
  }

  private void fetch(Library library) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path log = directory.resolve("maven.log");
    if (exitCodeOfMaven(library, log) != 0) {
      throw new IOException(
          "Maven cannot fetch %s into %s; needed once: a connection to Maven Central (what Maven says: %s)"
              .formatted(library.sourcesCoordinates(), directory, log));
    }
  }

  private int exitCodeOfMaven(Library library, Path log) throws IOException, InterruptedException {
    ProcessBuilder copy =
        new ProcessBuilder(
            List.of(
                maven,
                "--batch-mode",
                "--no-transfer-progress",
                GOAL,
                "-Dartifact=" + library.sourcesCoordinates(),
                "-DoutputDirectory=" + directory));
    copy.directory(directory.toFile()); // away from the project's own pom
    copy.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      return copy.start().waitFor();
    } catch (IOException e) {
      throw new IOException(
          "no " + maven + " to fetch libraries with; valid: Maven 3.8 or later on the PATH");
    }
  }
}

package dev.titanic.job.demo;

import java.nio.file.Path;

/**
 * Where the demo finds and keeps what it needs.
 *
 * @param home root of the project
 */
public record DemoFiles(Path home) {
  public DemoFiles {
    home = home.toAbsolutePath().normalize();
  }

  /** The project that the launcher is of. */
  public static DemoFiles ofLauncher() {
    return new DemoFiles(Path.of(System.getProperty("titanic.home", ".")));
  }

  /** Model directory that every run of the demo begins with. */
  public Path baseModel() {
    return home.resolve("job/src/demo/base-model");
  }

  SourceJars sourceJars() {
    return new SourceJars(home.resolve(".titanic/demo"), "mvn");
  }
}

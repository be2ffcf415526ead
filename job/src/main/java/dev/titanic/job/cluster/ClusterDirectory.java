package dev.titanic.job.cluster;

import java.nio.file.Path;

/** Where a cluster keeps what it is, what it says and what it has to remember. */
record ClusterDirectory(Path root) {

  ClusterDirectory {
    root = root.toAbsolutePath().normalize();
  }

  Path plan() {
    return root.resolve("cluster.json");
  }

  /** Flink's configuration directory. */
  Path configuration() {
    return root.resolve("conf");
  }

  Path loggingConfiguration() {
    return configuration().resolve("log4j2.properties");
  }

  Path log(String process) {
    return root.resolve("log").resolve(process + ".log");
  }

  /** What a process prints, which is nothing unless it cannot start. */
  Path output(String process) {
    return root.resolve("log").resolve(process + ".out");
  }

  Path processes() {
    return root.resolve("processes");
  }

  Path kafka() {
    return root.resolve("kafka");
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  Path savepoints() {
    return root.resolve("savepoints");
  }

  /** For Flink's working directories and uploads. */
  Path temporary() {
    return root.resolve("tmp");
  }

  /** Flink's own command line, set up for this cluster. */
  Path flinkCommand() {
    return root.resolve("bin").resolve("flink");
  }
}

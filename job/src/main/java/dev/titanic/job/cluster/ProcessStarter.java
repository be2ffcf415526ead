package dev.titanic.job.cluster;

import java.io.IOException;

/** Starts the processes of a cluster, which live on when this one ends. */
final class ProcessStarter {
  private final ClusterDirectory directory;
  private final ProcessTable processes;

  ProcessStarter(ClusterDirectory directory, ProcessTable processes) {
    this.directory = directory;
    this.processes = processes;
  }

  /** What {@link #start} will give the next process of the name. */
  int nextIncarnation(String name) throws IOException {
    return processes.find(name).map(ClusterProcess::incarnation).orElse(0) + 1;
  }

  void start(String name, JavaCommand command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.line());
    builder.environment().putAll(EngineEnvironment.VARIABLES);
    builder.environment().put("FLINK_CONF_DIR", directory.configuration().toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(directory.output(name).toFile());
    processes.add(ClusterProcess.of(name, nextIncarnation(name), builder.start()));
  }
}

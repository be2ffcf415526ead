package dev.titanic.job.cluster;

import java.util.Map;

/** Environment of every process that runs the engine: what flink-conf's README asks for. */
final class EngineEnvironment {
  /** No download, no report to anybody, and one thread per partition. */
  static final Map<String, String> VARIABLES =
      Map.of("DJL_OFFLINE", "true", "OPT_OUT_TRACKING", "true", "OMP_NUM_THREADS", "1");

  private EngineEnvironment() {}
}

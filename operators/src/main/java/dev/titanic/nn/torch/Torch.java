package dev.titanic.nn.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.titanic.nn.ComputeDevice;
import java.util.Map;
import java.util.function.Function;

/** Set-up of the engine: offline, without telemetry, one thread per calling thread. */
final class Torch {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "OPT_OUT_TRACKING", "true",
          "ai.djl.offline", "true",
          "ai.djl.pytorch.num_threads", "1",
          "ai.djl.pytorch.num_interop_threads", "1",
          "ai.djl.pytorch.graph_optimizer", "false");

  static {
    PROPERTIES.forEach(System.getProperties()::putIfAbsent);
  }

  /**
   * What the engine keeps per thread. A program is run as written: an optimizing executor would
   * rewrite it after its first runs, and later runs would not give the same bits.
   */
  private static final ThreadLocal<Boolean> PREPARED =
      ThreadLocal.withInitial(
          () -> {
            Engine.getEngine(PtEngine.ENGINE_NAME); // loads the library, if nobody has yet
            JniUtils.setNumThreads(1);
            JniUtils.setGraphExecutorOptimize(false);
            return true;
          });

  private Torch() {}

  /** Opens a scope for native arrays that lives until it is closed. */
  static PtNDManager newScope(ComputeDevice device) {
    return (PtNDManager) NDManager.newBaseManager(of(device), PtEngine.ENGINE_NAME);
  }

  /** Loads something that owns its scope; it is closed here only when loading fails. */
  static <T> T inNewScope(ComputeDevice device, Function<PtNDManager, T> load) {
    PtNDManager scope = newScope(device);
    onThisThread(false);
    boolean complete = false;
    try {
      T loaded = load.apply(scope);
      complete = true;
      return loaded;
    } finally {
      if (!complete) {
        scope.close();
      }
    }
  }

  private static Device of(ComputeDevice device) {
    return device.isGpu() ? Device.gpu(device.gpu()) : Device.cpu();
  }

  /** Prepares the calling thread; must precede all computing. */
  static void onThisThread(boolean gradients) {
    PREPARED.get();
    JniUtils.setGradMode(gradients);
  }
}

package dev.titanic.nn.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtEngine;

/** What the engine can compute on. */
public final class Devices {
  private Devices() {}

  /**
   * Number of GPUs that the engine can use; 0 with a native library that was built without CUDA.
   */
  public static int gpus() {
    return Engine.getEngine(PtEngine.ENGINE_NAME).getGpuCount();
  }
}

package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.Noise;
import dev.titanic.protocol.MicroBatch;

/** Seeds for one pass of one micro-batch, as arrays of its scope. */
@FunctionalInterface
interface Seeds {

  /** The seed for one layer's noise: a scalar. */
  PtNDArray of(int layer);

  static Seeds of(PtNDManager scope, Noise noise, MicroBatch microBatch, boolean training) {
    return layer -> {
      long seed = training ? noise.of(microBatch, layer) : Noise.NONE;
      return Transfer.in(scope, new long[] {seed});
    };
  }
}

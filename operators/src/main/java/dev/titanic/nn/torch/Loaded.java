package dev.titanic.nn.torch;

import ai.djl.pytorch.engine.PtNDManager;
import dev.titanic.nn.Noise;

/**
 * A partition's share of a model, in native memory.
 *
 * @param partition 0 for the owner's, k for stage k
 * @param base what a state of it belongs to: blocks, hash of their weights, settings of adapters
 * @param layers of the whole model, for squared norms
 * @param scope owner of all its arrays
 */
record Loaded(
    int partition,
    String base,
    int layers,
    PtNDManager scope,
    Noise noise,
    Program program,
    Parameters parameters) {}

package dev.titanic.protocol;

import dev.titanic.schemas.edge.TensorData;
import org.jspecify.annotations.Nullable;

/**
 * Loss of one micro-batch.
 *
 * @param lossSum cross entropy summed over the targets
 * @param gradient of the loss sum with respect to the hidden state; null in an evaluation
 */
public record HeadResult(double lossSum, @Nullable TensorData gradient) {}

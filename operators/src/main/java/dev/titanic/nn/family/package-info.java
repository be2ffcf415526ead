/**
 * Architectures, as descriptions: names and shapes of the weights, and the TorchScript source that
 * computes with them. One file per family; no engine.
 */
@NullMarked
package dev.titanic.nn.family;

import org.jspecify.annotations.NullMarked;

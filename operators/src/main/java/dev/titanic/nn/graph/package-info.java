/**
 * Models of any architecture, given as TorchScript that {@code torch.jit.trace} wrote: read as one
 * straight line of operations, cut where little is alive, and written again as one program per
 * part. Knows no engine.
 */
@NullMarked
package dev.titanic.nn.graph;

import org.jspecify.annotations.NullMarked;

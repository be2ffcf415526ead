/**
 * Partitions as programs of the engine: the only package that touches the engine-internal API of
 * DJL.
 *
 * <p>Three rules keep gradients right and memory bounded. Every native array has an owner scope:
 * the partition, a micro-batch in flight, or one call. Every array is owned by the engine, never
 * laid over a Java buffer, because a graph does not keep such a buffer alive. Arithmetic is
 * TorchScript, never the array operators that take a Java {@code Number}, for the same reason.
 */
@NullMarked
package dev.titanic.nn.torch;

import org.jspecify.annotations.NullMarked;

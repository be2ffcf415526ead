/**
 * Where to cut a model: what its parts cost, and the contiguous cuts that minimise the slowest
 * partition under every client's memory. Pure functions of configuration and architecture; no
 * engine, no weights.
 */
@NullMarked
package dev.titanic.nn.partition;

import org.jspecify.annotations.NullMarked;

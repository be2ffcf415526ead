/**
 * Operators at the ends of an edge: how they are made, and how a message leaves and enters them,
 * cut into frames and assembled from them.
 */
@NullMarked
package dev.titanic.edge;

import org.jspecify.annotations.NullMarked;

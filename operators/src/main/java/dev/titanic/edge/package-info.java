/** How a message leaves and enters an operator: cut into frames, and assembled from them. */
@NullMarked
package dev.titanic.edge;

import org.jspecify.annotations.NullMarked;

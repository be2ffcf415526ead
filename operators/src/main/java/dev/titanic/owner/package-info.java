/** The data owner: reads its private topic in place, so that no token has an edge to travel on. */
@NullMarked
package dev.titanic.owner;

import org.jspecify.annotations.NullMarked;

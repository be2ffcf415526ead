/** The paper's simulation of selecting clients (figure 5), with our costs and our solvers. */
@NullMarked
package dev.titanic.placement.simulation;

import org.jspecify.annotations.NullMarked;

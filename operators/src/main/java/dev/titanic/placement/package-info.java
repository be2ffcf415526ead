/**
 * Which client hosts which partition: problems, solvers and the predicted time of a step, as pure
 * functions. The only package that knows OR-Tools.
 */
@NullMarked
package dev.titanic.placement;

import org.jspecify.annotations.NullMarked;

/** Comparisons of whole jobs: everything in one JVM, in turns, as ratios. */
@NullMarked
package dev.titanic.benchmarks;

import org.jspecify.annotations.NullMarked;

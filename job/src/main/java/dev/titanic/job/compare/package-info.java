/** The same training in every way, side by side: the paper's Table II. */
@NullMarked
package dev.titanic.job.compare;

import org.jspecify.annotations.NullMarked;

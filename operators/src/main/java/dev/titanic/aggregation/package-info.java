/** The server's part in a training of several owners at once: sums what they hold. */
@NullMarked
package dev.titanic.aggregation;

import org.jspecify.annotations.NullMarked;

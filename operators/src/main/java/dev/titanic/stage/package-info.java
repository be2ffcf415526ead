/** A stage of the pipeline. */
@NullMarked
package dev.titanic.stage;

import org.jspecify.annotations.NullMarked;

/** The commands that users type. */
@NullMarked
package dev.titanic.job.cli;

import org.jspecify.annotations.NullMarked;

/** The command line: arguments, exit codes, and what a terminal shows. */
@NullMarked
package dev.titanic.job.cli;

import org.jspecify.annotations.NullMarked;

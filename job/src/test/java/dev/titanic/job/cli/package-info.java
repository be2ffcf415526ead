@NullMarked
package dev.titanic.job.cli;

import org.jspecify.annotations.NullMarked;

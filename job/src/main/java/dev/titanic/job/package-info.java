/** The job: its topology, and how it is made from a configuration. */
@NullMarked
package dev.titanic.job;

import org.jspecify.annotations.NullMarked;

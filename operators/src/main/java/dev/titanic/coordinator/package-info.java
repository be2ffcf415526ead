/** The coordinator: the one root of the job's loops. */
@NullMarked
package dev.titanic.coordinator;

import org.jspecify.annotations.NullMarked;

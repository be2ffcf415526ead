/** How Flink is configured for Titanic, embedded or on a cluster. */
@NullMarked
package dev.titanic.job.flink;

import org.jspecify.annotations.NullMarked;

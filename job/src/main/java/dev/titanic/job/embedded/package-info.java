/** Kafka and Flink inside this JVM: the default of a run, and the ground of the tests. */
@NullMarked
package dev.titanic.job.embedded;

import org.jspecify.annotations.NullMarked;

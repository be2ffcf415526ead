/** A real Flink cluster and a Kafka broker on this machine, every part a process of its own. */
@NullMarked
package dev.titanic.job.cluster;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.titanic.job.flink;

import org.jspecify.annotations.NullMarked;

/** The placement beside a running job: hears what steps take, and proposes other hosts. */
@NullMarked
package dev.titanic.placement.flink;

import org.jspecify.annotations.NullMarked;

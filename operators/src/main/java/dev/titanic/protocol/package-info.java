/** The step protocol and its schedules: pure code, no Flink, no engine. */
@NullMarked
package dev.titanic.protocol;

import org.jspecify.annotations.NullMarked;

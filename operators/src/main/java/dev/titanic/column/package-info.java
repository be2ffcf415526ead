/** What the owner and the stages of a column have in common as Flink operators. */
@NullMarked
package dev.titanic.column;

import org.jspecify.annotations.NullMarked;

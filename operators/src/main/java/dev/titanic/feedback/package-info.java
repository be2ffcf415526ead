/**
 * The feedback edge: an ordinary network edge to a tail that hands over to the mailbox of an
 * operator of its own column, so that a record can go back where the dataflow has no cycle.
 */
@NullMarked
package dev.titanic.feedback;

import org.jspecify.annotations.NullMarked;

/**
 * Programs run on shapes alone: what a forward and a backward pass would compute, allocate and keep
 * is known from a program's source, without weights, data or engine. A new architecture needs
 * nothing here; a new operation needs one entry that says what it saves for its backward pass.
 */
@NullMarked
package dev.titanic.nn.shape;

import org.jspecify.annotations.NullMarked;

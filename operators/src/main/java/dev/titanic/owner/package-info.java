/**
 * The data owner: its private Kafka topic, read in place, and what goes back into its own domain.
 */
@NullMarked
package dev.titanic.owner;

import org.jspecify.annotations.NullMarked;

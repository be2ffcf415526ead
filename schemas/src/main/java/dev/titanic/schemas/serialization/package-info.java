/**
 * Hand-written, versioned Flink serializers of the records that travel on edges or rest in state.
 */
@NullMarked
package dev.titanic.schemas.serialization;

import org.jspecify.annotations.NullMarked;

/** The JSON records of the Kafka topics; their JSON Schemas are resources beside these classes. */
@NullMarked
package dev.titanic.schemas.kafka;

import org.jspecify.annotations.NullMarked;

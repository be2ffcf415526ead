/**
 * An owner's private data on its way from records to micro-batches: documents, tokens, packing. No
 * Flink, no Kafka, and no content in any message.
 */
@NullMarked
package dev.titanic.data;

import org.jspecify.annotations.NullMarked;

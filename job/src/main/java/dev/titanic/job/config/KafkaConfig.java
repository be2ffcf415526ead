package dev.titanic.job.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka is.
 *
 * @param bootstrapServers {@code host:port}, several with commas; null means an embedded broker
 */
public record KafkaConfig(@Nullable String bootstrapServers) implements Serializable {}

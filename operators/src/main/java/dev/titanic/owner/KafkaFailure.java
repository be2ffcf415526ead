package dev.titanic.owner;

import dev.titanic.data.DataException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Kafka's own errors, in words. */
public final class KafkaFailure {
  private KafkaFailure() {}

  /** Says in one line what went wrong with a topic; an interruption stays one. */
  public static RuntimeException of(KafkaTopic topic, KafkaException failure) {
    if (failure instanceof InterruptException) {
      return failure;
    }
    return new DataException(
        "topic %s: %s".formatted(topic.name(), words(topic, failure)), failure);
  }

  private static String words(KafkaTopic topic, KafkaException failure) {
    String brokers = String.valueOf(topic.properties().get("bootstrap.servers"));
    if (failure instanceof TimeoutException) {
      return "no answer from Kafka at " + brokers;
    }
    if (failure instanceof AuthorizationException || failure instanceof AuthenticationException) {
      return "Kafka at " + brokers + " does not let this client use it";
    }
    Throwable cause = failure.getCause();
    if (failure instanceof ConfigException || cause instanceof ConfigException) {
      return "Kafka cannot be at " + brokers + "; valid: HOST:PORT of a broker";
    }
    return "Kafka at %s failed (%s)".formatted(brokers, failure.getClass().getSimpleName());
  }
}

package dev.titanic.job.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** A result for another program, which a person can read too. */
final class JsonText {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonText() {}

  /** With a line's end behind it. */
  static String of(Object value) throws JsonProcessingException {
    return JSON.writeValueAsString(value) + System.lineSeparator();
  }
}

package dev.titanic.job.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.function.Function;

/** Writes a value as the text that the file has for it. */
final class TextSerializer<T> extends JsonSerializer<T> {
  private final Function<? super T, String> text;

  TextSerializer(Function<? super T, String> text) {
    this.text = text;
  }

  @Override
  public void serialize(T value, JsonGenerator generator, SerializerProvider provider)
      throws IOException {
    generator.writeString(text.apply(value));
  }
}

package dev.titanic.schemas.serialization;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.titanic.schemas.edge.Message;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Format of a message: a byte that names its kind, then its fields in the order of the record. */
final class MessageFormats {
  static final List<MessageFormat<?>> ALL =
      Stream.of(ControlMessages.FORMATS, AggregationMessages.FORMATS, TensorMessages.FORMATS)
          .flatMap(List::stream)
          .toList();

  private static final Map<Class<?>, MessageFormat<?>> BY_TYPE =
      ALL.stream().collect(toUnmodifiableMap(MessageFormat::type, Function.identity()));
  private static final Map<Integer, MessageFormat<?>> BY_CODE =
      ALL.stream().collect(toUnmodifiableMap(MessageFormat::code, Function.identity()));

  private MessageFormats() {}

  static void write(Message message, DataOutput target) throws IOException {
    MessageFormat<?> format = BY_TYPE.get(message.getClass());
    if (format == null) {
      throw new IOException(message.getClass().getSimpleName() + " has no format");
    }
    format.write(message, target);
  }

  static Message read(DataInput source) throws IOException {
    int code = source.readUnsignedByte();
    MessageFormat<?> format = BY_CODE.get(code);
    if (format == null) {
      throw new IOException("message kind " + code + " is unknown");
    }
    return format.reader().read(source);
  }
}

package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.Message;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How one kind of message is written.
 *
 * @param code what names the kind in the bytes; never used again for another kind
 */
record MessageFormat<M extends Message>(
    int code, Class<M> type, ElementWriter<M> writer, ElementReader<M> reader) {

  void write(Message message, DataOutput target) throws IOException {
    target.writeByte(code);
    writer.write(type.cast(message), target);
  }
}

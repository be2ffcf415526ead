package dev.titanic.schemas.serialization;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;

/** Reads what an {@link ElementWriter} has written. */
@FunctionalInterface
interface ElementReader<T> {
  T read(DataInputView source) throws IOException;
}

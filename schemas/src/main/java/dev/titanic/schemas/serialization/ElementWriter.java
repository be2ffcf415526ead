package dev.titanic.schemas.serialization;

import java.io.IOException;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a part of a record. */
@FunctionalInterface
interface ElementWriter<T> {
  void write(T element, DataOutputView target) throws IOException;
}

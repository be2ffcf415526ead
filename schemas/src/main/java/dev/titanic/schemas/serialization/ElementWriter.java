package dev.titanic.schemas.serialization;

import java.io.DataOutput;
import java.io.IOException;

/** Writes a part of a record. */
@FunctionalInterface
interface ElementWriter<T> {
  void write(T element, DataOutput target) throws IOException;
}

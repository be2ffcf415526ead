package dev.titanic.schemas.serialization;

import java.io.IOException;
import java.io.DataOutput;

/** Writes a part of a record. */
@FunctionalInterface
interface ElementWriter<T> {
  void write(T element, DataOutput target) throws IOException;
}

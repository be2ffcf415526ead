package dev.titanic.schemas.serialization;

import java.io.DataInput;
import java.io.IOException;

/** Reads what an {@link ElementWriter} has written. */
@FunctionalInterface
interface ElementReader<T> {
  T read(DataInput source) throws IOException;
}

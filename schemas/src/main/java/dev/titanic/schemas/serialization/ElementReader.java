package dev.titanic.schemas.serialization;

import java.io.IOException;
import java.io.DataInput;

/** Reads what an {@link ElementWriter} has written. */
@FunctionalInterface
interface ElementReader<T> {
  T read(DataInput source) throws IOException;
}

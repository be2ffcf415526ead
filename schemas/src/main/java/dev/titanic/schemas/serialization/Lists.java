package dev.titanic.schemas.serialization;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Format of a list: its size, then its elements. */
final class Lists {
  private Lists() {}

  static <T> void write(List<T> list, DataOutput target, ElementWriter<T> writer)
      throws IOException {
    target.writeInt(list.size());
    for (T element : list) {
      writer.write(element, target);
    }
  }

  static <T> List<T> read(DataInput source, ElementReader<T> reader) throws IOException {
    int size = source.readInt();
    if (size < 0) {
      throw new IOException("a list of " + size + " elements");
    }
    // not sized in advance: the size may be corrupt, and the input then ends long before
    List<T> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(reader.read(source));
    }
    return list;
  }
}

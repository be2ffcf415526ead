package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.SquaredNorms;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.IntStream;

/** Format of squared norms: one double per layer, bit for bit. */
final class Norms {
  private Norms() {}

  static void write(SquaredNorms norms, DataOutput target) throws IOException {
    Lists.write(
        IntStream.range(0, norms.layers()).mapToObj(norms::layer).toList(),
        target,
        (layer, out) -> out.writeDouble(layer));
  }

  static SquaredNorms read(DataInput source) throws IOException {
    return SquaredNorms.of(
        Lists.read(source, DataInput::readDouble).stream()
            .mapToDouble(Double::doubleValue)
            .toArray());
  }
}

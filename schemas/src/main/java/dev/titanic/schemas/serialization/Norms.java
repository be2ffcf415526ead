package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.SquaredNorms;
import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Format of squared norms: one double per layer, bit for bit. */
final class Norms {
  private Norms() {}

  static void write(SquaredNorms norms, DataOutputView target) throws IOException {
    Lists.write(
        IntStream.range(0, norms.layers()).mapToObj(norms::layer).toList(),
        target,
        (layer, out) -> out.writeDouble(layer));
  }

  static SquaredNorms read(DataInputView source) throws IOException {
    return SquaredNorms.of(
        Lists.read(source, DataInputView::readDouble).stream()
            .mapToDouble(Double::doubleValue)
            .toArray());
  }
}

package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Format of a list of named tensors without their content: what an export pulls first. */
public final class TensorSpecsFormat {
  private TensorSpecsFormat() {}

  public static void write(Map<String, TensorSpec> tensors, DataOutput target) throws IOException {
    target.writeInt(tensors.size());
    for (Map.Entry<String, TensorSpec> tensor : tensors.entrySet()) {
      Strings.write(tensor.getKey(), target);
      write(tensor.getValue(), target);
    }
  }

  /** Keeps the order. */
  public static Map<String, TensorSpec> read(DataInput source) throws IOException {
    Map<String, TensorSpec> tensors = new LinkedHashMap<>();
    for (int left = source.readInt(); left > 0; left--) {
      tensors.put(Strings.read(source), readSpec(source));
    }
    return tensors;
  }

  static void write(TensorSpec spec, DataOutput target) throws IOException {
    target.writeByte(spec.type().code());
    Lists.write(spec.shape(), target, (extent, out) -> out.writeLong(extent));
  }

  static TensorSpec readSpec(DataInput source) throws IOException {
    ElementType type = ElementType.ofCode(source.readByte());
    return new TensorSpec(type, Lists.read(source, DataInput::readLong));
  }
}

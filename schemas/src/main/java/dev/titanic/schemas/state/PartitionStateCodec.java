package dev.titanic.schemas.state;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of a {@link PartitionState}, in checkpoints and on the move: a version byte, the
 * header, then every tensor in bulk. Frozen weights are not part of it.
 */
public final class PartitionStateCodec {
  private static final byte VERSION = 1;
  private static final int BLOCK = 1 << 20;

  private PartitionStateCodec() {}

  public static void write(PartitionState state, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(state.partition());
    out.writeLong(state.version());
    out.writeLong(state.optimizerSteps());
    out.writeUTF(state.base());
    out.writeInt(state.tensors().size());
    for (PartitionState.Parameter parameter : state.tensors()) {
      out.writeUTF(parameter.name());
      write(parameter.value(), out);
      write(parameter.firstMoment(), out);
      write(parameter.secondMoment(), out);
    }
  }

  public static PartitionState read(DataInput in) throws IOException {
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "partition state of version " + version + "; this build reads version " + VERSION);
    }
    int partition = in.readInt();
    long modelVersion = in.readLong();
    long optimizerSteps = in.readLong();
    String base = in.readUTF();
    int count = in.readInt();
    List<PartitionState.Parameter> tensors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tensors.add(
          new PartitionState.Parameter(
              in.readUTF(), readTensor(in), readTensor(in), readTensor(in)));
    }
    return new PartitionState(partition, modelVersion, optimizerSteps, base, tensors);
  }

  private static void write(TensorData tensor, DataOutput out) throws IOException {
    out.writeByte(tensor.spec().type().code());
    out.writeInt(tensor.spec().shape().size());
    for (long extent : tensor.spec().shape()) {
      out.writeLong(extent);
    }
    for (ByteBuffer chunk : tensor.chunks()) {
      writeBytes(chunk, out);
    }
  }

  private static void writeBytes(ByteBuffer bytes, DataOutput out) throws IOException {
    if (bytes.hasArray()) {
      out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      return;
    }
    byte[] block = new byte[Math.min(BLOCK, bytes.remaining())];
    while (bytes.hasRemaining()) {
      int length = Math.min(block.length, bytes.remaining());
      bytes.get(block, 0, length);
      out.write(block, 0, length);
    }
  }

  private static TensorData readTensor(DataInput in) throws IOException {
    ElementType type = ElementType.ofCode(in.readByte());
    long[] shape = new long[in.readInt()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = in.readLong();
    }
    TensorSpec spec = TensorSpec.of(type, shape);
    List<ByteBuffer> chunks = new ArrayList<>();
    for (long left = spec.bytes(); left > 0; ) {
      byte[] block = new byte[(int) Math.min(Integer.MAX_VALUE - 8, left)];
      in.readFully(block);
      chunks.add(ByteBuffer.wrap(block));
      left -= block.length;
    }
    return TensorData.whole(spec, chunks);
  }
}

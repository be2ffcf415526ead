package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Chunk;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.SquaredNorms;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Formats of the messages that carry a tensor, or a frame of one, but for those of {@link
 * AggregationMessages}. Their codes start at 64.
 */
final class TensorMessages {
  private static final MessageFormat<Activation> ACTIVATION =
      new MessageFormat<>(
          64,
          Activation.class,
          (activation, target) -> {
            Transactions.write(activation.transaction(), target);
            target.writeInt(activation.owner());
            target.writeInt(activation.microBatch());
            target.writeInt(activation.microBatches());
            target.writeBoolean(activation.training());
            Tensors.write(activation.tensor(), target);
          },
          source ->
              new Activation(
                  Transactions.read(source),
                  source.readInt(),
                  source.readInt(),
                  source.readInt(),
                  source.readBoolean(),
                  Tensors.read(source)));

  private static final MessageFormat<Gradient> GRADIENT =
      new MessageFormat<>(
          65,
          Gradient.class,
          (gradient, target) -> {
            Transactions.write(gradient.transaction(), target);
            target.writeInt(gradient.owner());
            target.writeInt(gradient.microBatch());
            target.writeInt(gradient.microBatches());
            Tensors.write(gradient.tensor(), target);
            writeIfPresent(gradient.squaredNorms(), target);
          },
          source ->
              new Gradient(
                  Transactions.read(source),
                  source.readInt(),
                  source.readInt(),
                  source.readInt(),
                  Tensors.read(source),
                  readIfPresent(source)));

  private static final MessageFormat<Chunk> CHUNK =
      new MessageFormat<>(
          66,
          Chunk.class,
          (chunk, target) -> {
            Transactions.write(chunk.transaction(), target);
            target.writeInt(chunk.chunk());
            target.writeInt(chunk.chunks());
            target.writeLong(chunk.digest());
            Tensors.write(chunk.tensor(), target);
          },
          source ->
              new Chunk(
                  Transactions.read(source),
                  source.readInt(),
                  source.readInt(),
                  source.readLong(),
                  Tensors.read(source)));

  static final List<MessageFormat<?>> FORMATS = List.of(ACTIVATION, GRADIENT, CHUNK);

  private TensorMessages() {}

  private static void writeIfPresent(@Nullable SquaredNorms norms, DataOutput target)
      throws IOException {
    target.writeBoolean(norms != null);
    if (norms != null) {
      Norms.write(norms, target);
    }
  }

  private static @Nullable SquaredNorms readIfPresent(DataInput source) throws IOException {
    return source.readBoolean() ? Norms.read(source) : null;
  }
}

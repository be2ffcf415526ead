package dev.titanic.protocol;

import dev.titanic.schemas.edge.Message.Chunk;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.serialization.BufferInput;
import dev.titanic.schemas.serialization.TensorSpecsFormat;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A partition's weights in chunks: the first lists them, the others are their bytes in that order,
 * and none holds bytes of two weights. A chunk is made when it is asked for, so that neither side
 * ever holds a whole partition.
 */
final class WeightTransfer {
  private WeightTransfer() {}

  /** Some bytes of a weight: a chunk behind the first. */
  private record Piece(String weight, TensorSpec spec, long offset, int bytes) {

    /** Cuts all weights; both sides come to the same list. */
    static List<Piece> of(Map<String, TensorSpec> weights, int chunkBytes) {
      List<Piece> pieces = new ArrayList<>();
      weights.forEach(
          (name, spec) -> {
            for (long offset = 0; offset < spec.bytes(); offset += chunkBytes) {
              int bytes = (int) Math.min(chunkBytes, spec.bytes() - offset);
              pieces.add(new Piece(name, spec, offset, bytes));
            }
          });
      return pieces;
    }
  }

  /** At the partition. */
  static final class Source {
    private final TrainedWeights weights;
    private final List<Piece> pieces;

    Source(TrainedWeights weights, int chunkBytes) {
      this.weights = weights;
      this.pieces = Piece.of(weights.weights(), chunkBytes);
    }

    Chunk chunk(Transaction transaction, int index) {
      int chunks = 1 + pieces.size();
      if (index < 0 || index >= chunks) {
        throw new ProtocolException("chunk " + index + " of " + chunks);
      }
      byte[] bytes = index == 0 ? contents() : read(pieces.get(index - 1));
      return PulledChunks.chunk(transaction, index, chunks, List.of(ByteBuffer.wrap(bytes)));
    }

    private byte[] contents() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        TensorSpecsFormat.write(weights.weights(), out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }

    private byte[] read(Piece piece) {
      byte[] bytes = new byte[piece.bytes];
      weights.read(piece.weight, piece.offset, ByteBuffer.wrap(bytes));
      return bytes;
    }
  }

  /** Where the model is put together. */
  static final class Target {
    private final PulledChunks chunks = new PulledChunks();
    private final ModelSink sink;
    private final int chunkBytes;
    private @Nullable List<Piece> pieces;

    Target(ModelSink sink, int chunkBytes) {
      this.sink = sink;
      this.chunkBytes = chunkBytes;
    }

    /** Returns the next chunk to ask for, or -1 when enough are under way. */
    int next() {
      return chunks.next();
    }

    void receive(Chunk chunk) {
      List<ByteBuffer> bytes = chunks.receive(chunk);
      if (chunk.chunk() == 0) {
        pieces = Piece.of(contents(bytes), chunkBytes);
        return;
      }
      Piece piece = Objects.requireNonNull(pieces).get(chunk.chunk() - 1);
      sink.put(piece.weight, TensorData.frame(piece.spec, piece.offset, bytes));
    }

    private static Map<String, TensorSpec> contents(List<ByteBuffer> bytes) {
      try (BufferInput in = new BufferInput(bytes)) {
        return TensorSpecsFormat.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean complete() {
      return chunks.complete();
    }
  }
}

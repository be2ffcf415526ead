package dev.titanic.schemas.edge;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor outside native memory, or a frame of one: its specification and the bytes from {@link
 * #offset()} on, in one or more chunks in order.
 *
 * <p>The chunks are shared, not copied: whoever makes or receives a {@code TensorData} must not
 * write to them. Content never shows in {@link #toString()}.
 */
public final class TensorData {
  private final TensorSpec spec;
  private final long offset;
  private final List<ByteBuffer> chunks;
  private final long size;

  private TensorData(TensorSpec spec, long offset, List<ByteBuffer> chunks) {
    this.spec = spec;
    this.offset = offset;
    this.chunks = chunks;
    this.size = chunks.stream().mapToLong(ByteBuffer::remaining).sum();
    if (offset < 0 || offset + size > spec.bytes()) {
      throw new IllegalArgumentException(
          "bytes " + offset + " to " + (offset + size) + " of " + spec.bytes() + " in " + spec);
    }
  }

  /** A whole tensor over the given bytes. */
  public static TensorData of(TensorSpec spec, byte[] bytes) {
    return whole(spec, List.of(ByteBuffer.wrap(bytes)));
  }

  /** A whole tensor over chunks in order. */
  public static TensorData whole(TensorSpec spec, List<ByteBuffer> chunks) {
    TensorData data = frame(spec, 0, chunks);
    if (!data.isWhole()) {
      throw new IllegalArgumentException(
          spec + " needs " + spec.bytes() + " bytes, not " + data.size);
    }
    return data;
  }

  /** The bytes of a tensor from {@code offset} on, in chunks in order. */
  public static TensorData frame(TensorSpec spec, long offset, List<ByteBuffer> chunks) {
    return new TensorData(spec, offset, List.copyOf(chunks));
  }

  public TensorSpec spec() {
    return spec;
  }

  /** Position of the first byte here in the whole tensor. */
  public long offset() {
    return offset;
  }

  /** Number of bytes here. */
  public long size() {
    return size;
  }

  public boolean isWhole() {
    return offset == 0 && size == spec.bytes();
  }

  /** Views of the bytes, in order. */
  public List<ByteBuffer> chunks() {
    return chunks.stream().map(ByteBuffer::duplicate).toList();
  }

  /** Copies the bytes to the target, at its position. */
  public void copyTo(ByteBuffer target) {
    for (ByteBuffer chunk : chunks) {
      target.put(chunk.duplicate());
    }
  }

  /**
   * Cuts the bytes into frames of at most {@code maximum} bytes; an empty tensor is one empty
   * frame.
   */
  public List<TensorData> frames(int maximum) {
    List<TensorData> frames = new ArrayList<>();
    long start = offset;
    for (ByteBuffer chunk : chunks) {
      for (int at = chunk.position(); at < chunk.limit(); at += maximum) {
        int length = Math.min(maximum, chunk.limit() - at);
        frames.add(frame(spec, start, List.of(chunk.slice(at, length))));
        start += length;
      }
    }
    return frames.isEmpty() ? List.of(this) : frames;
  }

  @Override
  public String toString() {
    return isWhole() ? spec.toString() : spec + "+" + offset + ":" + size;
  }
}

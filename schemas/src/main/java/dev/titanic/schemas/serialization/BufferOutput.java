package dev.titanic.schemas.serialization;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is written in buffers. The bytes of large tensors are not copied: they are taken as
 * they are, wherever they lie, and must not change before the buffers have been used.
 */
public final class BufferOutput extends DataOutputStream {
  /** Below it a copy costs less than one more buffer to handle. */
  private static final int COPIED_BYTES = 64 << 10;

  private final ByteArrayOutputStream copied;
  private final List<ByteBuffer> buffers = new ArrayList<>();

  public BufferOutput() {
    this(new ByteArrayOutputStream());
  }

  private BufferOutput(ByteArrayOutputStream copied) {
    super(copied);
    this.copied = copied;
  }

  void write(ByteBuffer bytes) throws IOException {
    if (bytes.remaining() < COPIED_BYTES) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      write(copy);
      return;
    }
    closeCopied();
    buffers.add(bytes.slice());
  }

  private void closeCopied() {
    if (copied.size() > 0) {
      buffers.add(ByteBuffer.wrap(copied.toByteArray()));
      copied.reset();
    }
  }

  /** All that was written, in order. */
  public List<ByteBuffer> buffers() {
    closeCopied();
    return List.copyOf(buffers);
  }
}

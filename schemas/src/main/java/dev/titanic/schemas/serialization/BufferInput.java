package dev.titanic.schemas.serialization;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from buffers. Tensors that are read are views of the buffers, not copies. */
public final class BufferInput extends DataInputStream {
  private final Buffers left;

  public BufferInput(Collection<ByteBuffer> buffers) {
    this(new Buffers(buffers));
  }

  private BufferInput(Buffers left) {
    super(left);
    this.left = left;
  }

  List<ByteBuffer> readBuffers(long size) throws IOException {
    List<ByteBuffer> views = new ArrayList<>();
    for (long missing = size; missing > 0; ) {
      ByteBuffer view = left.view(missing);
      if (view == null) {
        throw new EOFException(missing + " bytes are missing");
      }
      missing -= view.remaining();
      views.add(view);
    }
    return views;
  }

  /** Buffers from the position of the first one on. */
  private static final class Buffers extends InputStream {
    private final Deque<ByteBuffer> queue = new ArrayDeque<>();

    Buffers(Collection<ByteBuffer> buffers) {
      buffers.stream().filter(ByteBuffer::hasRemaining).forEach(b -> queue.add(b.duplicate()));
    }

    /** The next bytes that lie together, at most so many; null at the end. */
    @Nullable ByteBuffer view(long most) {
      ByteBuffer first = queue.peek();
      if (first == null) {
        return null;
      }
      int length = (int) Math.min(most, first.remaining());
      ByteBuffer view = first.slice(first.position(), length);
      first.position(first.position() + length);
      if (!first.hasRemaining()) {
        queue.remove();
      }
      return view;
    }

    @Override
    public int read() {
      ByteBuffer view = view(1);
      return view == null ? -1 : view.get() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      ByteBuffer view = view(length);
      if (view == null) {
        return -1;
      }
      int read = view.remaining();
      view.get(target, offset, read);
      return read;
    }
  }
}

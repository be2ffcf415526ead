package dev.titanic.nn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file with the bytes of the reference library: wide elements first, then by
 * name, the header padded to whole words.
 *
 * <p>Tensors, or frames of tensors, may come in any order. A file is whole after {@link #finish}
 * only.
 */
public final class SafetensorsWriter implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALIGNMENT = 8;
  private static final Comparator<Map.Entry<String, TensorSpec>> ORDER =
      Comparator.comparingInt(
              (Map.Entry<String, TensorSpec> tensor) -> -tensor.getValue().type().bytes())
          .thenComparing(Map.Entry.comparingByKey());

  private final Path file;
  private final Map<String, Slot> slots;
  private final FileChannel channel;

  private SafetensorsWriter(Path file, Map<String, Slot> slots, FileChannel channel) {
    this.file = file;
    this.slots = slots;
    this.channel = channel;
  }

  /**
   * Starts a file that does not exist yet.
   *
   * @param tensors all that it is to hold, by name
   */
  public static SafetensorsWriter create(Path file, Map<String, TensorSpec> tensors) {
    List<Map.Entry<String, TensorSpec>> ordered =
        tensors.entrySet().stream().sorted(ORDER).toList();
    byte[] header = header(ordered);
    long start = (long) Safetensors.PREFIX_BYTES + header.length;
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      ByteBuffer prefix =
          ByteBuffer.allocate(Math.toIntExact(start))
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(header.length)
              .put(header)
              .flip();
      write(channel, prefix, 0);
      return new SafetensorsWriter(file, slots(ordered, start), channel);
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be written: use a writable directory", e);
    }
  }

  private static byte[] header(List<Map.Entry<String, TensorSpec>> ordered) {
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    slots(ordered, 0)
        .forEach(
            (name, slot) -> {
              String type = StoredType.of(slot.spec.type()).name();
              ObjectNode entry = header.putObject(name).put("dtype", type);
              slot.spec.shape().forEach(entry.putArray("shape")::add);
              entry.putArray("data_offsets").add(slot.start).add(slot.start + slot.spec.bytes());
            });
    try {
      byte[] json = JSON.writeValueAsBytes(header);
      byte[] padded = Arrays.copyOf(json, json.length + Math.floorMod(-json.length, ALIGNMENT));
      Arrays.fill(padded, json.length, padded.length, (byte) ' ');
      return padded;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Slot> slots(List<Map.Entry<String, TensorSpec>> ordered, long start) {
    Map<String, Slot> slots = new LinkedHashMap<>();
    long position = start;
    for (Map.Entry<String, TensorSpec> tensor : ordered) {
      slots.put(tensor.getKey(), new Slot(tensor.getValue(), position));
      position += tensor.getValue().bytes();
    }
    return slots;
  }

  /** Writes a tensor, or a frame of one, to its place. */
  public void put(String name, TensorData tensor) {
    Slot slot = slots.get(name);
    if (slot == null || !slot.spec.equals(tensor.spec())) {
      throw new ModelException(
          "%s: %s: got %s: %s"
              .formatted(
                  file,
                  name,
                  tensor.spec(),
                  slot == null ? "the file has no such tensor" : "the file has " + slot.spec));
    }
    try {
      long position = slot.start + tensor.offset();
      for (ByteBuffer chunk : tensor.chunks()) {
        int bytes = chunk.remaining();
        write(channel, chunk, position);
        position += bytes;
      }
      slot.written += tensor.size();
    } catch (IOException e) {
      throw new ModelException(file + ": " + name + ": cannot be written: make room for it", e);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long start) throws IOException {
    long position = start;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** Makes sure that the file is on the disk; a tensor that was not written whole is an error. */
  public void finish() {
    slots.forEach(
        (name, slot) -> {
          if (slot.written != slot.spec.bytes()) {
            throw new ModelException(
                "%s: %s: %d of %d bytes were written: put every byte of it once"
                    .formatted(file, name, slot.written, slot.spec.bytes()));
          }
        });
    try {
      channel.force(true);
      channel.close();
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be written: make room for it", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The place of a tensor in the file, and how many of its bytes have come. */
  private static final class Slot {
    private final TensorSpec spec;
    private final long start;
    private long written;

    private Slot(TensorSpec spec, long start) {
      this.spec = spec;
      this.start = start;
    }
  }
}

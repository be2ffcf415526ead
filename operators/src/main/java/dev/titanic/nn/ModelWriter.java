package dev.titanic.nn;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a model as a Hugging Face directory that transformers loads: float32 weights in one
 * safetensors file, with configuration and tokenizer of the base model.
 *
 * <p>Tensors, or frames of tensors, may come in any order. The directory appears when {@link
 * #finish} moves it to its place, whole; closing without that leaves nothing.
 */
public final class ModelWriter implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALIGNMENT = 8;

  /** What goes along with the weights, where the base model has it. */
  private static final List<String> COMPANIONS =
      List.of(
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "tokenizer.model",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "chat_template.jinja");

  private final Path target;
  private final Path draft;
  private final Map<String, Slot> slots;
  private final FileChannel channel;

  private ModelWriter(Path target, Path draft, Map<String, Slot> slots, FileChannel channel) {
    this.target = target;
    this.draft = draft;
    this.slots = slots;
    this.channel = channel;
  }

  /**
   * Starts a directory; the file gets its final size at once.
   *
   * @param base directory of the model that configuration and tokenizer come from
   * @param weights names and shapes of all its weights; a tied one once
   * @param target where {@link #finish} puts it; replaces what is there
   */
  public static ModelWriter create(Path base, Map<String, TensorSpec> weights, Path target) {
    Path draft = null;
    try {
      Path parent = Files.createDirectories(target.toAbsolutePath().getParent());
      draft = parent.resolve("." + target.getFileName() + "-" + UUID.randomUUID());
      Files.createDirectory(draft); // not a temporary one: those are for their owner's eyes only
      copyCompanions(base, draft);
      byte[] header = header(weights);
      Map<String, Slot> slots = slots(weights, Safetensors.PREFIX_BYTES + header.length);
      return new ModelWriter(target, draft, slots, allocate(draft, header, slots));
    } catch (IOException e) {
      if (draft != null) {
        delete(draft);
      }
      throw new ModelException(target + ": cannot be written: use a writable directory", e);
    }
  }

  private static void copyCompanions(Path base, Path draft) throws IOException {
    for (String name : COMPANIONS) {
      if (Files.exists(base.resolve(name))) {
        Files.copy(base.resolve(name), draft.resolve(name));
      }
    }
    String config = ModelDirectory.CONFIG;
    ObjectNode tree = (ObjectNode) JSON.readTree(base.resolve(config).toFile());
    tree.remove("torch_dtype");
    tree.put("dtype", "float32");
    JSON.writerWithDefaultPrettyPrinter().writeValue(draft.resolve(config).toFile(), tree);
  }

  private static byte[] header(Map<String, TensorSpec> weights) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    slots(weights, 0)
        .forEach(
            (name, slot) -> {
              ObjectNode entry = header.putObject(name).put("dtype", StoredType.F32.name());
              slot.spec.shape().forEach(entry.putArray("shape")::add);
              entry.putArray("data_offsets").add(slot.start).add(slot.start + slot.spec.bytes());
            });
    String text = JSON.writeValueAsString(header);
    return (text + " ".repeat(Math.floorMod(-text.length(), ALIGNMENT))).getBytes(UTF_8);
  }

  private static Map<String, Slot> slots(Map<String, TensorSpec> weights, long start) {
    Map<String, Slot> slots = new LinkedHashMap<>();
    long position = start;
    for (Map.Entry<String, TensorSpec> weight : new TreeMap<>(weights).entrySet()) {
      slots.put(weight.getKey(), new Slot(weight.getValue(), position));
      position += weight.getValue().bytes();
    }
    return slots;
  }

  private static FileChannel allocate(Path draft, byte[] header, Map<String, Slot> slots)
      throws IOException {
    long size = (long) Safetensors.PREFIX_BYTES + header.length;
    for (Slot slot : slots.values()) {
      size += slot.spec.bytes();
    }
    FileChannel channel =
        FileChannel.open(
            draft.resolve(ModelDirectory.WEIGHTS),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
    ByteBuffer start =
        ByteBuffer.allocate(Safetensors.PREFIX_BYTES + header.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .flip();
    write(channel, start, 0);
    write(channel, ByteBuffer.allocate(1), size - 1);
    return channel;
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long start) throws IOException {
    long position = start;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** Writes a tensor, or a frame of one, to its place. */
  public void put(String name, TensorData tensor) {
    Slot slot = slots.get(name);
    if (slot == null || !slot.spec.equals(tensor.spec())) {
      throw new ModelException(
          "%s: %s: got %s: %s"
              .formatted(
                  target,
                  name,
                  tensor.spec(),
                  slot == null ? "the model has no such weight" : "the model has " + slot.spec));
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
      throw new ModelException(target + ": " + name + ": cannot be written: make room for it", e);
    }
  }

  /** Moves the directory to its place; a weight that was not written whole is an error. */
  public void finish() {
    slots.forEach(
        (name, slot) -> {
          if (slot.written != slot.spec.bytes()) {
            throw new ModelException(
                "%s: %s: %d of %d bytes were written: put every byte of it once"
                    .formatted(target, name, slot.written, slot.spec.bytes()));
          }
        });
    try {
      channel.force(true);
      channel.close();
      replaceTarget();
    } catch (IOException e) {
      throw new ModelException(target + ": cannot be written: use a writable directory", e);
    }
  }

  /** Directories cannot replace each other in one move: the old one steps aside first. */
  private void replaceTarget() throws IOException {
    Path old = draft.resolveSibling(draft.getFileName() + "-old");
    if (Files.exists(target)) {
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    delete(old);
  }

  /** Removes what was written, unless it was finished. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    delete(draft);
  }

  private static void delete(@Nullable Path directory) {
    if (directory == null || !Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The place of a weight in the file, and how many of its bytes have come. */
  private static final class Slot {
    private final TensorSpec spec;
    private final long start;
    private long written;

    private Slot(TensorSpec spec, long start) {
      if (spec.type() != ElementType.FLOAT32) {
        throw new IllegalArgumentException("weights are written as float32, not as " + spec);
      }
      this.spec = spec;
      this.start = start;
    }
  }
}

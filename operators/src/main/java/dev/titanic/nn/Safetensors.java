package dev.titanic.nn;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the header of a safetensors file: eight bytes of header size, a JSON object from names to
 * type, shape and offsets, then the data, without gaps.
 */
public final class Safetensors {
  static final int PREFIX_BYTES = 8;
  private static final int MAXIMUM_HEADER_BYTES = 100_000_000;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path file;
  private final long fileBytes;
  private final long dataStart;

  private Safetensors(Path file, long fileBytes, long dataStart) {
    this.file = file;
    this.fileBytes = fileBytes;
    this.dataStart = dataStart;
  }

  /** Returns the tensors of a file by name, after checking that the file holds all of them. */
  public static Map<String, StoredTensor> read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      int headerBytes = headerBytes(file, channel, size);
      String header = new String(bytes(channel, PREFIX_BYTES, headerBytes).array(), UTF_8);
      return new Safetensors(file, size, PREFIX_BYTES + headerBytes).tensors(JSON.readTree(header));
    } catch (JsonProcessingException e) {
      throw broken(file, "its header is not valid JSON");
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: use a readable safetensors file", e);
    }
  }

  private static int headerBytes(Path file, FileChannel channel, long size) throws IOException {
    if (size < PREFIX_BYTES) {
      throw broken(file, "it is cut off after " + size + " bytes");
    }
    long headerBytes = bytes(channel, 0, PREFIX_BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    if (headerBytes < 2 || headerBytes > MAXIMUM_HEADER_BYTES) {
      throw broken(file, "its header size is " + headerBytes);
    }
    if (headerBytes > size - PREFIX_BYTES) {
      throw broken(file, "it is cut off in its header, after " + size + " bytes");
    }
    return (int) headerBytes;
  }

  private static ByteBuffer bytes(FileChannel channel, long position, int count)
      throws IOException {
    ByteBuffer target = ByteBuffer.allocate(count);
    while (target.hasRemaining()) {
      if (channel.read(target, position + target.position()) < 0) {
        throw new IOException("end of file");
      }
    }
    return target;
  }

  private Map<String, StoredTensor> tensors(JsonNode header) {
    if (!header.isObject()) {
      throw broken(file, "its header is not an object");
    }
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    header
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().equals("__metadata__")) {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
              }
            });
    checkLayout(tensors);
    return tensors;
  }

  private StoredTensor tensor(String name, JsonNode entry) {
    StoredType type = type(name, entry.path("dtype").asText());
    List<Long> shape = new ArrayList<>();
    entry.path("shape").forEach(extent -> shape.add(extent.asLong(-1)));
    JsonNode offsets = entry.path("data_offsets");
    long begin = offsets.path(0).asLong(-1);
    long bytes = offsets.path(1).asLong(-1) - begin;
    if (begin < 0 || shape.stream().anyMatch(extent -> extent < 0)) {
      throw broken(file, name + " has no valid shape and offsets");
    }
    if (bytes != bytes(type, shape)) {
      throw broken(file, "%s has %d bytes for shape %s".formatted(name, bytes, shape));
    }
    return new StoredTensor(file, name, type, shape, dataStart + begin, bytes);
  }

  private static long bytes(StoredType type, List<Long> shape) {
    try {
      return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      return -1;
    }
  }

  private StoredType type(String name, String dtype) {
    for (StoredType type : StoredType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw new ModelException("%s: %s: type %s: use F32, BF16 or F16".formatted(file, name, dtype));
  }

  /** The tensors must cover the data, in some order, without gap or overlap. */
  private void checkLayout(Map<String, StoredTensor> tensors) {
    long end = dataStart;
    for (StoredTensor tensor :
        tensors.values().stream().sorted(Comparator.comparing(StoredTensor::position)).toList()) {
      if (tensor.position() != end) {
        throw broken(file, tensor.name() + " leaves a gap or overlaps another tensor");
      }
      end += tensor.bytes();
    }
    if (end != fileBytes) {
      throw broken(file, "it has %d bytes where its header needs %d".formatted(fileBytes, end));
    }
  }

  private static ModelException broken(Path file, String how) {
    return new ModelException(file + ": " + how + ": use a whole safetensors file");
  }
}

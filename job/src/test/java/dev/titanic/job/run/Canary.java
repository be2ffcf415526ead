package dev.titanic.job.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A text that occurs nowhere by accident, and how it would look where it should not be. */
final class Canary {
  static final String TEXT = "QzKanarieXv";

  private final Map<String, String> shapes = new LinkedHashMap<>();

  Canary() {
    shapes.put("text", TEXT);
    shapes.put("text in 16 bits", latin(TEXT.getBytes(UTF_16LE)));
    shapes.put("text in 16 bits, swapped", latin(TEXT.getBytes(UTF_16BE)));
    shapes.put(
        "numbers", TEXT.chars().mapToObj(Integer::toString).collect(Collectors.joining(", ")));
    shapes.put("dense numbers", shapes.get("numbers").replace(" ", ""));
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      ByteBuffer ints = ByteBuffer.allocate(TEXT.length() * Integer.BYTES).order(order);
      ByteBuffer longs = ByteBuffer.allocate(TEXT.length() * Long.BYTES).order(order);
      ByteBuffer floats = ByteBuffer.allocate(TEXT.length() * Float.BYTES).order(order);
      for (byte id : TEXT.getBytes(US_ASCII)) {
        ints.putInt(id);
        longs.putLong(id);
        floats.putFloat(id);
      }
      shapes.put("int32 ids, " + order, latin(ints.array()));
      shapes.put("int64 ids, " + order, latin(longs.array()));
      shapes.put("float32 ids, " + order, latin(floats.array()));
    }
  }

  /** In what shapes it is in there; empty when it is not. */
  List<String> shapesIn(byte[] bytes) {
    String haystack = latin(bytes);
    return shapes.entrySet().stream()
        .filter(shape -> haystack.contains(shape.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** One character per byte. */
  private static String latin(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}

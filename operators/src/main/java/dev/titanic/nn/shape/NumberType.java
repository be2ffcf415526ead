package dev.titanic.nn.shape;

import java.util.Arrays;

/** An element type of the engine. */
public enum NumberType {
  INT32(3, 4),
  INT64(4, 8),
  FLOAT16(5, 2),
  FLOAT32(6, 4),
  FLOAT64(7, 8),
  BOOL(11, 1),
  BFLOAT16(15, 2);

  private final int code;
  private final int bytes;

  NumberType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The type that programs write as this number. */
  static NumberType of(int code) {
    return Arrays.stream(values())
        .filter(type -> type.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("element type " + code));
  }

  int bytes() {
    return bytes;
  }

  boolean isFloating() {
    return switch (this) {
      case FLOAT16, FLOAT32, FLOAT64, BFLOAT16 -> true;
      case INT32, INT64, BOOL -> false;
    };
  }
}

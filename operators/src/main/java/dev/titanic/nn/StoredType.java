package dev.titanic.nn;

import dev.titanic.schemas.edge.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/** Element types of safetensors files, by their names there. Floating-point weights can be read. */
public enum StoredType {
  F32(4) {
    @Override
    void copyAsFloat32(ByteBuffer source, ByteBuffer target) {
      target.put(source);
    }
  },
  BF16(2) {
    @Override
    void copyAsFloat32(ByteBuffer source, ByteBuffer target) {
      ShortBuffer halves = source.asShortBuffer();
      IntBuffer words = target.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
      while (halves.hasRemaining()) {
        words.put(halves.get() << 16);
      }
      target.position(target.position() + words.position() * Float.BYTES);
    }
  },
  F16(2) {
    @Override
    void copyAsFloat32(ByteBuffer source, ByteBuffer target) {
      ByteBuffer out = target.order(ByteOrder.LITTLE_ENDIAN);
      while (source.hasRemaining()) {
        out.putFloat(fromHalf(source.getShort()));
      }
    }
  },
  F64(8),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** How a tensor's elements are stored. */
  static StoredType of(ElementType type) {
    return switch (type) {
      case FLOAT32 -> F32;
      case BFLOAT16 -> BF16;
      case BYTE -> U8;
      case INT64 -> I64;
    };
  }

  int bytes() {
    return bytes;
  }

  /** Reads little-endian elements to the source's limit; exact for every type that has it. */
  void copyAsFloat32(ByteBuffer source, ByteBuffer target) {
    throw new ModelException("a weight of type " + this + ": use F32, BF16 or F16");
  }

  /** IEEE 754 binary16: 1 sign bit, 5 bits of exponent with bias 15, 10 bits of fraction. */
  static float fromHalf(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int widened = exponent == 0x1f ? 0xff : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }
}

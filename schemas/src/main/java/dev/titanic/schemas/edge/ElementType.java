package dev.titanic.schemas.edge;

/** Type of a tensor's elements in transit and at rest, always little-endian. */
public enum ElementType {
  FLOAT32(0, 4),
  BFLOAT16(1, 2),
  /** Opaque bytes: a piece of a partition's state on the move. */
  BYTE(2, 1),
  /** Numbers modulo 2^64: what an owner gives to a sum under masks. */
  INT64(3, 8);

  private final byte code;
  private final int bytes;

  ElementType(int code, int bytes) {
    this.code = (byte) code;
    this.bytes = bytes;
  }

  /** Size of one element. */
  public int bytes() {
    return bytes;
  }

  /** How serializers write this type. */
  public byte code() {
    return code;
  }

  public static ElementType ofCode(byte code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("no element type has the code " + code);
  }
}

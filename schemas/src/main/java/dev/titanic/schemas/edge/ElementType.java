package dev.titanic.schemas.edge;

/** Type of a tensor's elements in transit and at rest, always little-endian. */
public enum ElementType {
  FLOAT32(4),
  BFLOAT16(2);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  public int bytes() {
    return bytes;
  }
}

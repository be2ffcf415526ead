package dev.titanic.nn.graph;

import java.util.Arrays;
import java.util.Optional;

/** Types of tensors in TorchScript, with the names of their storages and PyTorch's codes. */
public enum ElementKind {
  UINT8("ByteStorage", 0, 1),
  INT8("CharStorage", 1, 1),
  INT16("ShortStorage", 2, 2),
  INT32("IntStorage", 3, 4),
  INT64("LongStorage", 4, 8),
  FLOAT16("HalfStorage", 5, 2),
  FLOAT32("FloatStorage", 6, 4),
  FLOAT64("DoubleStorage", 7, 8),
  BOOL("BoolStorage", 11, 1),
  BFLOAT16("BFloat16Storage", 15, 2);

  private final String storage;
  private final int code;
  private final int bytes;

  ElementKind(String storage, int code, int bytes) {
    this.storage = storage;
    this.code = code;
    this.bytes = bytes;
  }

  static Optional<ElementKind> ofStorage(String storage) {
    return Arrays.stream(values()).filter(kind -> kind.storage.equals(storage)).findFirst();
  }

  static Optional<ElementKind> ofCode(long code) {
    return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
  }

  /** Class of the storage in {@code torch}. */
  public String storage() {
    return storage;
  }

  /** Size of one element. */
  public int bytes() {
    return bytes;
  }
}

package dev.titanic.nn.shape;

/** Memory that tensors share; told apart by identity. */
final class Storage {
  private final long bytes;
  private final boolean lasting;

  /**
   * @param lasting whether it is there before and after the program, such as that of a weight
   */
  Storage(long bytes, boolean lasting) {
    this.bytes = bytes;
    this.lasting = lasting;
  }

  long bytes() {
    return bytes;
  }

  boolean isLasting() {
    return lasting;
  }
}

package dev.titanic.nn.graph;

/** What a value tells about a model's input. */
enum Origin {
  /** At most its shape: computed from shapes, constants and buffers. */
  SHAPE,
  /** At most its shape, and computed from trained weights. */
  WEIGHTS,
  /** Something of its content, through trained weights: what partitions may send. */
  ACTIVATION,
  /**
   * Its content itself, or what can be told from it without the weights: never leaves the owner.
   */
  CONTENT
}

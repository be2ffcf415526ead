package dev.titanic.nn;

/** The type in which linear layers and attention multiply; everything else is float32. */
public enum ComputeType {

  /** Exact: what is compared bit for bit, and with other implementations. */
  FLOAT32,

  /** Operands are rounded to bfloat16. Trained weights, gradients and their sums stay float32. */
  BFLOAT16
}

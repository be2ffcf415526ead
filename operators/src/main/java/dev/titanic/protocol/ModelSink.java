package dev.titanic.protocol;

import dev.titanic.schemas.edge.TensorData;

/** Takes the trained model, weight by weight in any order. */
public interface ModelSink extends AutoCloseable {
  void put(String name, TensorData tensor);

  /** All weights are there: makes the model visible as a whole. */
  void finish();

  /** Drops what is not finished. */
  @Override
  void close();
}

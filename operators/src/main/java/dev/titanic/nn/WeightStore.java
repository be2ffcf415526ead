package dev.titanic.nn;

import org.jspecify.annotations.Nullable;

/** The weights of a model directory by the names that its files give them. */
@FunctionalInterface
interface WeightStore {

  /** Returns null when there is no such weight. */
  @Nullable StoredTensor get(String name);
}

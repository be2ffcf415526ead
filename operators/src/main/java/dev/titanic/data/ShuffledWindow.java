package dev.titanic.data;

import dev.titanic.schemas.edge.StreamPosition.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Sequences of one window: gathered in the order of the topic, dealt in a seeded one. */
final class ShuffledWindow {
  private final Window begun;
  private final List<int[]> sequences = new ArrayList<>();
  private boolean ready;
  private int taken;

  /**
   * @param begun with its size and seed; what is taken of it is not dealt again
   */
  ShuffledWindow(Window begun) {
    this.begun = begun;
    this.taken = begun.taken();
  }

  void add(int[] sequence) {
    sequences.add(sequence);
    if (sequences.size() == begun.size()) {
      close();
    }
  }

  /** No sequence is to come any more. */
  void close() {
    Collections.shuffle(sequences, new Random(begun.seed()));
    ready = true;
  }

  boolean isEmpty() {
    return sequences.isEmpty();
  }

  /** Whether all sequences are here. */
  boolean isReady() {
    return ready;
  }

  /** Whether it lacks sequences that have been dealt before. */
  boolean isTorn() {
    return ready && taken >= sequences.size();
  }

  /** Whether none has been dealt. */
  boolean isFresh() {
    return taken == 0;
  }

  int[] deal() {
    int[] next = sequences.get(taken);
    taken++;
    return next;
  }

  boolean isDealt() {
    return ready && taken == sequences.size();
  }

  Window position() {
    return taken == 0
        ? new Window(begun.number(), 0, 0, 0)
        : new Window(begun.number(), begun.size(), begun.seed(), taken);
  }

  /** What comes behind this one; a single sequence is no window to count. */
  Window next() {
    return begun.size() == 1 ? new Window(begun.number(), 0, 0, 0) : begun.next();
  }
}

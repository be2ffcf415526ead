package dev.titanic.protocol;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands elements out in the order of their indices, from 0 on, and holds back those that come
 * early.
 *
 * <p>The first stage goes forward and the last one backward in the order of the micro-batches'
 * global indices, so that sums have one order however the messages of several owners race. All
 * other rows get theirs in that order already, and with a single owner so do these two.
 *
 * <p>What is held back is bounded by the owners' windows: each owner has at most K + 1
 * micro-batches under way, so at most that many of each can be early. It does not stop for ever
 * either. The owner of the smallest index that is missing waits, if it waits at all, for earlier
 * micro-batches of its own; their indices are smaller, so none of them is held back here, and they
 * come back to it.
 */
final class InOrder<T> {
  private final SortedMap<Integer, T> early = new TreeMap<>();
  private int next;

  /** Takes an element. One whose index was here before is an error. */
  void add(int index, T element) {
    if (index < next || early.putIfAbsent(index, element) != null) {
      throw new ProtocolException("micro-batch " + index + " came twice");
    }
  }

  /** Returns the element that is next, or null when it has not come. */
  @Nullable T poll() {
    T element = early.remove(next);
    if (element != null) {
      next++;
    }
    return element;
  }

  /** Whether nothing is held back. */
  boolean isEmpty() {
    return early.isEmpty();
  }

  /** Begins at 0 again and drops what is held back. */
  void reset() {
    early.clear();
    next = 0;
  }
}

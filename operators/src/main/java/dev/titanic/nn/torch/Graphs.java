package dev.titanic.nn.torch;

import dev.titanic.protocol.MicroBatch;
import java.util.HashMap;
import java.util.Map;

/** The micro-batches in flight in one partition; the protocol's window bounds them. */
final class Graphs {
  private final Map<MicroBatch, Graph> byMicroBatch = new HashMap<>();

  /** Keeps a graph; with an error, the caller still owns it. */
  void put(MicroBatch microBatch, Graph graph) {
    if (byMicroBatch.putIfAbsent(microBatch, graph) != null) {
      throw new IllegalStateException(microBatch + " is in flight already");
    }
  }

  /** Hands a graph over; the caller closes it. */
  Graph take(MicroBatch microBatch) {
    Graph graph = byMicroBatch.remove(microBatch);
    if (graph == null) {
      throw new IllegalStateException(microBatch + " is not in flight");
    }
    return graph;
  }

  /** An update in place would spoil a graph that is alive. */
  void requireNone() {
    if (!byMicroBatch.isEmpty()) {
      throw new IllegalStateException("in flight: " + byMicroBatch.keySet());
    }
  }

  void clear() {
    byMicroBatch.values().forEach(Graph::close);
    byMicroBatch.clear();
  }
}

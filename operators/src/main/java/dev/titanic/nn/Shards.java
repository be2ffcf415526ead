package dev.titanic.nn;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Which file of a model directory holds which weights, as transformers deals them: one file while
 * it stays below a maximum, and then, weight by weight in the model's order, as many as it takes,
 * with an index. A weight that is larger than the maximum has a file of its own.
 *
 * @param files weights by file name
 */
record Shards(Map<String, Map<String, TensorSpec>> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Shards of(Map<String, TensorSpec> weights, long maximumBytes) {
    List<Map<String, TensorSpec>> shards = new ArrayList<>();
    Map<String, TensorSpec> current = new LinkedHashMap<>();
    long bytes = 0;
    for (Map.Entry<String, TensorSpec> weight : weights.entrySet()) {
      long size = weight.getValue().bytes();
      if (size > maximumBytes) {
        shards.add(Map.ofEntries(weight));
        continue;
      }
      if (bytes + size > maximumBytes) {
        shards.add(current);
        current = new LinkedHashMap<>();
        bytes = 0;
      }
      current.put(weight.getKey(), weight.getValue());
      bytes += size;
    }
    if (!current.isEmpty()) {
      shards.add(current);
    }
    return new Shards(named(shards));
  }

  private static Map<String, Map<String, TensorSpec>> named(List<Map<String, TensorSpec>> shards) {
    if (shards.size() == 1) {
      return Map.of(ModelDirectory.WEIGHTS, shards.get(0));
    }
    Map<String, Map<String, TensorSpec>> files = new LinkedHashMap<>();
    for (int shard = 0; shard < shards.size(); shard++) {
      files.put(
          "model-%05d-of-%05d.safetensors".formatted(shard + 1, shards.size()), shards.get(shard));
    }
    return files;
  }

  /** Writes the index, unless there is one file only. */
  void writeIndex(Path directory) throws IOException {
    if (files.size() == 1) {
      return;
    }
    ObjectNode index = JSON.createObjectNode();
    index
        .putObject("metadata")
        .put("total_parameters", sum(TensorSpec::elements))
        .put("total_size", sum(TensorSpec::bytes));
    ObjectNode map = index.putObject("weight_map");
    files.forEach((file, weights) -> weights.keySet().forEach(name -> map.put(name, file)));
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(directory.resolve(ModelDirectory.INDEX).toFile(), index);
  }

  private long sum(ToLongFunction<TensorSpec> size) {
    return files.values().stream()
        .flatMap(weights -> weights.values().stream())
        .mapToLong(size)
        .sum();
  }
}

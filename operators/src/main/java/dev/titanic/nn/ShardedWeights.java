package dev.titanic.nn;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weights in several files that an index lists. The header of a file is read when one of its
 * weights is first asked for: a client needs only the files that its partition is in.
 */
final class ShardedWeights implements WeightStore {
  private final Path index;
  private final Map<String, String> files;
  private final Map<String, Map<String, StoredTensor>> opened = new HashMap<>();

  private ShardedWeights(Path index, Map<String, String> files) {
    this.index = index;
    this.files = files;
  }

  /**
   * @param json content of the index
   */
  static ShardedWeights of(Path index, JsonNode json) {
    JsonNode map = json.path("weight_map");
    if (!map.isObject()) {
      throw new ModelException(index + ": has no weight_map: use an object from names to files");
    }
    Map<String, String> files = new HashMap<>();
    map.properties().forEach(entry -> files.put(entry.getKey(), file(index, entry.getValue())));
    return new ShardedWeights(index, files);
  }

  private static String file(Path index, JsonNode value) {
    String file = value.asText();
    if (file.isEmpty() || !Path.of(file).equals(Path.of(file).getFileName())) {
      throw new ModelException(index + ": shard " + value + ": use a file in the same directory");
    }
    return file;
  }

  @Override
  public synchronized @Nullable StoredTensor get(String name) {
    String file = files.get(name);
    if (file == null) {
      return null;
    }
    StoredTensor tensor =
        opened
            .computeIfAbsent(file, shard -> Safetensors.read(index.resolveSibling(shard)))
            .get(name);
    if (tensor == null) {
      throw new ModelException(
          index + ": " + name + ": is not in " + file + ": use a shard that holds it");
    }
    return tensor;
  }
}

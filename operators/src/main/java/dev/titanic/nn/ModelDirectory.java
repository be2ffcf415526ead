package dev.titanic.nn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A model in a Hugging Face directory: {@code config.json}, and the weights in {@code
 * model.safetensors} or in shards listed by {@code model.safetensors.index.json}.
 *
 * <p>Opening reads and checks all headers; weights are read one by one, when asked for.
 */
public final class ModelDirectory {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private final Path path;
  private final ModelConfig config;
  private final Map<String, StoredTensor> weights;
  private @Nullable String contentHash;

  private ModelDirectory(Path path, ModelConfig config, Map<String, StoredTensor> weights) {
    this.path = path;
    this.config = config;
    this.weights = weights;
  }

  /** Opens a directory; a {@link ModelException} says what is missing or broken. */
  public static ModelDirectory open(Path path) {
    ModelConfig config = config(path);
    Path index = path.resolve(INDEX);
    Path single = path.resolve(WEIGHTS);
    if (Files.exists(single)) {
      return new ModelDirectory(path, config, Safetensors.read(single));
    }
    if (Files.exists(index)) {
      return new ModelDirectory(path, config, sharded(index));
    }
    throw new ModelException(path + ": has no weights: add " + WEIGHTS + " or " + INDEX);
  }

  /** Reads only the configuration, of a directory that may have no weights yet. */
  public static ModelConfig config(Path path) {
    if (!Files.isDirectory(path)) {
      throw new ModelException(path + ": is no directory: use a Hugging Face model directory");
    }
    Path file = path.resolve(CONFIG);
    return new ModelConfig(file.toString(), json(file));
  }

  private static Map<String, StoredTensor> sharded(Path index) {
    JsonNode map = json(index).path("weight_map");
    if (!map.isObject()) {
      throw new ModelException(index + ": has no weight_map: use an object from names to files");
    }
    Map<String, Map<String, StoredTensor>> shards = new LinkedHashMap<>();
    Map<String, StoredTensor> weights = new LinkedHashMap<>();
    map.properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              String file = entry.getValue().asText();
              StoredTensor tensor =
                  shards.computeIfAbsent(file, shard -> shard(index, shard)).get(name);
              if (tensor == null) {
                throw new ModelException(
                    index + ": " + name + ": is not in " + file + ": use a shard that holds it");
              }
              weights.put(name, tensor);
            });
    return weights;
  }

  private static Map<String, StoredTensor> shard(Path index, String file) {
    if (!Path.of(file).equals(Path.of(file).getFileName())) {
      throw new ModelException(index + ": shard " + file + ": use a file in the same directory");
    }
    return Safetensors.read(index.resolveSibling(file));
  }

  static JsonNode json(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new ModelException(file + ": is not valid JSON: use a JSON object");
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: use a readable file", e);
    }
  }

  public Path path() {
    return path;
  }

  public ModelConfig config() {
    return config;
  }

  /** Where the tokenizer is, if the directory has one. */
  public Path tokenizer() {
    return path.resolve("tokenizer.json");
  }

  /**
   * Finds a weight.
   *
   * @param shape that it must have
   */
  public StoredTensor weight(String name, List<Long> shape) {
    StoredTensor tensor = weights.get(name);
    if (tensor == null) {
      throw new ModelException(
          "%s: %s: is missing: use weights that belong to %s".formatted(path, name, CONFIG));
    }
    if (!tensor.shape().equals(shape)) {
      throw new ModelException(
          "%s: %s: shape %s: %s needs %s"
              .formatted(tensor.file(), name, tensor.shape(), CONFIG, shape));
    }
    return tensor;
  }

  /**
   * SHA-256 of configuration and weight files, as hexadecimal digits: what a trained state belongs
   * to. Reads every byte, the first time.
   */
  public synchronized String contentHash() {
    String known = contentHash;
    if (known == null) {
      known = hash();
      contentHash = known;
    }
    return known;
  }

  private String hash() {
    TreeSet<Path> files = new TreeSet<>();
    files.add(path.resolve(CONFIG));
    weights.values().forEach(tensor -> files.add(tensor.file()));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 20];
      for (Path file : files) {
        try (InputStream in = Files.newInputStream(file)) {
          for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            digest.update(buffer, 0, count);
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new ModelException(path + ": cannot be read: use readable files", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

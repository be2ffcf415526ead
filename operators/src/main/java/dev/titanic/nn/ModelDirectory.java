package dev.titanic.nn;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model in a Hugging Face directory: {@code config.json}, and the weights in {@code
 * model.safetensors} or in shards listed by {@code model.safetensors.index.json}.
 *
 * <p>Weights are found as transformers finds them: by the name that the whole model gives them, or
 * by the one that they have in a checkpoint of the model without its head, which lacks the first
 * segment ({@code model.}, {@code transformer.}). What else a file holds is not looked at. Nothing
 * but headers is read before a weight is asked for, and then only that weight.
 */
public final class ModelDirectory {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  /** How PyTorch itself stores weights, in one file or in shards. */
  private static final List<String> PICKLED =
      List.of("pytorch_model.bin", "pytorch_model.bin.index.json");

  private final Path path;
  private final ModelConfig config;
  private final WeightStore weights;

  private ModelDirectory(Path path, ModelConfig config, WeightStore weights) {
    this.path = path;
    this.config = config;
    this.weights = weights;
  }

  /** Opens a directory; a {@link ModelException} says what is missing or broken. */
  public static ModelDirectory open(Path path) {
    return new ModelDirectory(path, config(path), weights(path));
  }

  /** Reads only the configuration, of a directory that may have no weights yet. */
  public static ModelConfig config(Path path) {
    if (!Files.isDirectory(path)) {
      throw new ModelException(path + ": is no directory: use a Hugging Face model directory");
    }
    Path file = path.resolve(CONFIG);
    return new ModelConfig(file.toString(), json(file));
  }

  /** Whether a directory has weights in safetensors files. */
  public static boolean hasWeights(Path path) {
    return Files.exists(path.resolve(WEIGHTS)) || Files.exists(path.resolve(INDEX));
  }

  private static WeightStore weights(Path path) {
    Path single = path.resolve(WEIGHTS);
    if (Files.exists(single)) {
      return Safetensors.read(single)::get;
    }
    Path index = path.resolve(INDEX);
    if (Files.exists(index)) {
      return ShardedWeights.of(index, json(index));
    }
    for (String pickled : PICKLED) {
      if (Files.exists(path.resolve(pickled))) {
        throw new ModelException(
            "%s: is not read, a pickle may run any code: convert it to %s, for example with transformers: AutoModelForCausalLM.from_pretrained(\"%s\").save_pretrained(\"%s\")"
                .formatted(path.resolve(pickled), WEIGHTS, path, path));
      }
    }
    throw new ModelException(path + ": has no weights: add " + WEIGHTS + " or " + INDEX);
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
    return tokenizer(path);
  }

  /** Where the tokenizer of a directory is, if it has one. */
  public static Path tokenizer(Path directory) {
    return directory.resolve("tokenizer.json");
  }

  /**
   * Finds a weight.
   *
   * @param name in the whole model
   * @param shape that it must have
   */
  public StoredTensor weight(String name, List<Long> shape) {
    StoredTensor tensor = required(name);
    if (!tensor.shape().equals(shape)) {
      throw new ModelException(
          "%s: %s: shape %s: %s needs %s"
              .formatted(tensor.file(), tensor.name(), tensor.shape(), CONFIG, shape));
    }
    return tensor;
  }

  private StoredTensor required(String name) {
    StoredTensor tensor = find(name);
    if (tensor == null) {
      throw new ModelException(
          "%s: %s: is missing: use weights that belong to %s".formatted(path, name, CONFIG));
    }
    return tensor;
  }

  private @Nullable StoredTensor find(String name) {
    for (String stored : storedNames(name)) {
      StoredTensor tensor = weights.get(stored);
      if (tensor != null) {
        return tensor;
      }
    }
    return null;
  }

  /** Names under which transformers finds a weight, the one that it writes first. */
  private static List<String> storedNames(String name) {
    String withoutModel = name.substring(name.indexOf('.') + 1);
    return name.equals("embed_out.weight")
        ? List.of(name, "lm_head.weight")
        : List.of(name, withoutModel);
  }

  /**
   * Refuses a weight that the configuration ties to another one, but that is stored with values of
   * its own: which of the two is meant? Not to store it is usual.
   */
  public void requireTied(String name, String to) {
    StoredTensor tied = find(name);
    if (tied != null && !tied.hasContentOf(required(to))) {
      throw new ModelException(
          "%s: %s: is not equal to %s, to which tie_word_embeddings in %s ties it: use false there to train them apart, as they are"
              .formatted(tied.file(), name, to, CONFIG));
    }
  }

  /**
   * SHA-256 of the configuration and of some weights with their names, as hexadecimal digits: what
   * a trained state of these weights belongs to. Reads nothing else, and does not depend on how
   * weights are dealt over files.
   *
   * @param names in the whole model, in its order
   */
  public String hash(Collection<String> names) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(path.resolve(CONFIG)));
      for (String name : names) {
        StoredTensor tensor = required(name);
        digest.update((name + tensor.type() + tensor.shape()).getBytes(UTF_8));
        tensor.addTo(digest);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new ModelException(path + ": cannot be read: use readable files", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.titanic.nn;

import dev.titanic.schemas.edge.TensorSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adapters in a PEFT directory: {@code adapter_config.json} and {@code adapter_model.safetensors}.
 *
 * <p>Opening reads settings and header; weights are read one by one, when asked for.
 */
public final class AdapterDirectory {
  static final String WEIGHTS = "adapter_model.safetensors";

  /** What PEFT puts in front of a module's path in the model. */
  static final String PREFIX = "base_model.model.";

  private final Path path;
  private final Lora settings;
  private final Map<String, StoredTensor> weights;

  private AdapterDirectory(Path path, Lora settings, Map<String, StoredTensor> weights) {
    this.path = path;
    this.settings = settings;
    this.weights = weights;
  }

  /** Opens a directory; a {@link ModelException} names what is missing or not supported. */
  public static AdapterDirectory open(Path path) {
    if (!Files.isRegularFile(path.resolve(PeftConfig.FILE))) {
      throw new ModelException(
          "%s: has no %s: use a PEFT directory".formatted(path, PeftConfig.FILE));
    }
    Lora settings = PeftConfig.read(path);
    Path file = path.resolve(WEIGHTS);
    if (!Files.exists(file)) {
      throw new ModelException(path + ": has no weights: add " + WEIGHTS);
    }
    Map<String, StoredTensor> weights = new LinkedHashMap<>();
    Safetensors.read(file)
        .forEach((name, tensor) -> weights.put(withoutPrefix(file, name), tensor));
    return new AdapterDirectory(path, settings, weights);
  }

  private static String withoutPrefix(Path file, String name) {
    if (!name.startsWith(PREFIX) || !(name.endsWith(Lora.A) || name.endsWith(Lora.B))) {
      throw new ModelException(
          "%s: %s: is no weight of an adapter: use only MODULE%s and MODULE%s"
              .formatted(file, name, Lora.A, Lora.B));
    }
    return name.substring(PREFIX.length());
  }

  public Path path() {
    return path;
  }

  /** The settings, which go on from this directory. */
  public Lora settings() {
    return settings;
  }

  /**
   * Checks that the directory holds these weights, and no others.
   *
   * @param adapters names and shapes of the weights of a model's adapters
   */
  public void requireFits(Map<String, TensorSpec> adapters) {
    adapters.forEach((name, spec) -> weight(name, spec.shape()));
    for (String name : weights.keySet()) {
      if (!adapters.containsKey(name)) {
        throw new ModelException(
            "%s: %s: the model has no such adapter: use adapters of this model"
                .formatted(path, name));
      }
    }
  }

  /**
   * Finds a weight.
   *
   * @param name of the module, and {@link Lora#A} or {@link Lora#B}
   * @param shape that it must have
   */
  public StoredTensor weight(String name, List<Long> shape) {
    StoredTensor tensor = weights.get(name);
    if (tensor == null) {
      throw new ModelException(
          "%s: %s: is missing: use adapters of this model".formatted(path, name));
    }
    if (!tensor.shape().equals(shape)) {
      throw new ModelException(
          "%s: %s: shape %s: the model needs %s"
              .formatted(tensor.file(), name, tensor.shape(), shape));
    }
    return tensor;
  }
}

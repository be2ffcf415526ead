package dev.titanic.nn.graph;

import dev.titanic.nn.ModelConfig;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A traced language model in a directory: {@code model.pt}, a tokenizer, and a {@code config.json}
 * with {@code model_type: torchscript}, {@code vocab_size} and {@code max_position_embeddings}.
 *
 * <p>Where there are safetensors files too, as in an exported model, the weights are theirs.
 */
public final class TracedDirectory {
  private static final String MODEL_TYPE = "torchscript";
  private static final String FILE = "model.pt";

  private final SequenceLimits limits;
  private final TracedModel model;

  private TracedDirectory(SequenceLimits limits, TracedModel model) {
    this.limits = limits;
    this.model = model;
  }

  /** Whether a directory is for a traced model, by its configuration. */
  public static boolean isAt(Path path) {
    return ModelDirectory.config(path).modelType().equals(MODEL_TYPE);
  }

  public static TracedDirectory open(Path path) {
    ModelConfig config = ModelDirectory.config(path);
    Path file = path.resolve(FILE);
    TracedModel model =
        ModelDirectory.hasWeights(path)
            ? TracedModel.open(file, ModelDirectory.open(path))
            : TracedModel.open(file);
    return new TracedDirectory(SequenceLimits.of(config), model);
  }

  public SequenceLimits limits() {
    return limits;
  }

  public TracedModel model() {
    return model;
  }

  /** All trained weights by name; a tied one once. */
  public Map<String, TensorSpec> weights() {
    Map<String, TensorSpec> weights = new LinkedHashMap<>();
    for (String name : model.weights()) {
      weights.put(name, new TensorSpec(ElementType.FLOAT32, model.tensor(name).shape()));
    }
    return weights;
  }
}

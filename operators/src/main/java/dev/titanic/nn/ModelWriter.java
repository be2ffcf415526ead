package dev.titanic.nn;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.titanic.protocol.ModelSink;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * Writes a model as a Hugging Face directory that transformers loads: float32 weights in
 * safetensors files, with configuration and tokenizer of the base model.
 *
 * <p>Tensors, or frames of tensors, may come in any order. The directory appears when {@link
 * #finish} moves it to its place, whole; closing without that leaves nothing.
 */
public final class ModelWriter implements ModelSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Above it a model is sharded: the default of transformers 5. */
  private static final long MAXIMUM_FILE_BYTES = 50_000_000_000L;

  private final Path target;
  private final DraftDirectory draft;
  private final Map<String, SafetensorsWriter> files = new HashMap<>();

  private ModelWriter(Path target) {
    this.target = target;
    this.draft = DraftDirectory.create(target);
  }

  /**
   * Starts a directory.
   *
   * @param base directory of the model that configuration and tokenizer come from
   * @param weights names and shapes of all its weights; a tied one once
   * @param target where {@link #finish} puts it; replaces what is there
   */
  public static ModelWriter create(Path base, Map<String, TensorSpec> weights, Path target) {
    return create(base, weights, target, MAXIMUM_FILE_BYTES);
  }

  /**
   * Starts a directory.
   *
   * @param maximumFileBytes of weights in one file, unless a single one is larger
   */
  public static ModelWriter create(
      Path base, Map<String, TensorSpec> weights, Path target, long maximumFileBytes) {
    ModelWriter writer = new ModelWriter(target);
    boolean complete = false;
    try {
      Companions.copy(base, writer.draft.path());
      writer.copyConfiguration(base);
      writer.begin(Shards.of(weights, maximumFileBytes));
      complete = true;
      return writer;
    } catch (IOException e) {
      throw new ModelException(target + ": cannot be written: use a writable directory", e);
    } finally {
      if (!complete) {
        writer.close();
      }
    }
  }

  private void copyConfiguration(Path base) throws IOException {
    String config = ModelDirectory.CONFIG;
    ObjectNode tree = (ObjectNode) JSON.readTree(base.resolve(config).toFile());
    tree.remove("torch_dtype");
    tree.put("dtype", "float32");
    JSON.writerWithDefaultPrettyPrinter().writeValue(draft.path().resolve(config).toFile(), tree);
  }

  private void begin(Shards shards) throws IOException {
    shards.writeIndex(draft.path());
    shards
        .files()
        .forEach(
            (name, weights) -> {
              SafetensorsWriter file =
                  SafetensorsWriter.create(draft.path().resolve(name), weights);
              weights.keySet().forEach(weight -> files.put(weight, file));
            });
  }

  /** Writes a tensor, or a frame of one, to its place. */
  @Override
  public void put(String name, TensorData tensor) {
    SafetensorsWriter file = files.get(name);
    if (file == null) {
      throw new ModelException(
          "%s: %s: got %s: the model has no such weight".formatted(target, name, tensor.spec()));
    }
    file.put(name, tensor);
  }

  /** Moves the directory to its place; a weight that was not written whole is an error. */
  @Override
  public void finish() {
    new LinkedHashSet<>(files.values()).forEach(SafetensorsWriter::finish);
    draft.publish();
  }

  /** Removes what was written, unless it was finished. */
  @Override
  public void close() {
    files.values().forEach(SafetensorsWriter::close);
    draft.close();
  }
}

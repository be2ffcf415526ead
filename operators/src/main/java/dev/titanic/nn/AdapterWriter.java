package dev.titanic.nn;

import dev.titanic.protocol.ModelSink;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes adapters as a PEFT directory, with the tokenizer of the base model.
 *
 * <p>Tensors, or frames of tensors, may come in any order. The directory appears when {@link
 * #finish} moves it to its place, whole; closing without that leaves nothing.
 */
public final class AdapterWriter implements ModelSink {
  private final DraftDirectory draft;
  private final SafetensorsWriter weights;

  private AdapterWriter(DraftDirectory draft, SafetensorsWriter weights) {
    this.draft = draft;
    this.weights = weights;
  }

  /**
   * Starts a directory.
   *
   * @param base where the model is that the adapters are for
   * @param settings with every target spelt out
   * @param fanInFanOut whether adapted layers store their weights as (in, out)
   * @param adapters names and shapes of all weights, as {@link Lora} names them
   * @param target where {@link #finish} puts it; replaces what is there
   */
  public static AdapterWriter create(
      Path base,
      Lora settings,
      boolean fanInFanOut,
      Map<String, TensorSpec> adapters,
      Path target) {
    DraftDirectory draft = DraftDirectory.create(target);
    boolean complete = false;
    try {
      Companions.copy(base, draft.path());
      PeftConfig.write(draft.path(), settings, fanInFanOut, base);
      Map<String, TensorSpec> stored = new LinkedHashMap<>();
      adapters.forEach((name, spec) -> stored.put(AdapterDirectory.PREFIX + name, spec));
      Path file = draft.path().resolve(AdapterDirectory.WEIGHTS);
      AdapterWriter writer = new AdapterWriter(draft, SafetensorsWriter.create(file, stored));
      complete = true;
      return writer;
    } catch (IOException e) {
      throw new ModelException(target + ": cannot be written: use a writable directory", e);
    } finally {
      if (!complete) {
        draft.close();
      }
    }
  }

  /** Writes a tensor, or a frame of one, to its place. */
  @Override
  public void put(String name, TensorData tensor) {
    weights.put(AdapterDirectory.PREFIX + name, tensor);
  }

  /** Moves the directory to its place; a weight that was not written whole is an error. */
  @Override
  public void finish() {
    weights.finish();
    draft.publish();
  }

  /** Removes what was written, unless it was finished. */
  @Override
  public void close() {
    weights.close();
    draft.close();
  }
}

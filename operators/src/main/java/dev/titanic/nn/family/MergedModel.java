package dev.titanic.nn.family;

import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.ModelWriter;
import dev.titanic.nn.StoredTensor;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A model whose adapters have become part of its weights: {@code W + B A * scale}, transposed where
 * the layer stores its weight as (in, out).
 */
public final class MergedModel {
  private final ModelDirectory model;
  private final AdapterDirectory directory;
  private final Architecture architecture;
  private final Map<String, Adapted> adapted;

  private MergedModel(
      ModelDirectory model,
      AdapterDirectory directory,
      Architecture architecture,
      Map<String, Adapted> adapted) {
    this.model = model;
    this.directory = directory;
    this.architecture = architecture;
    this.adapted = adapted;
  }

  /**
   * Checks that model and adapters belong together.
   *
   * @throws ModelException when they do not, or when an adapted weight is tied to another layer,
   *     which would change, too
   */
  public static MergedModel of(ModelDirectory model, AdapterDirectory directory) {
    Architecture architecture = Architecture.of(model.config());
    architecture.requireIn(model);
    Map<String, Adapted> adapted = Adapters.of(architecture, directory).byBaseWeight();
    adapted.forEach(
        (weight, layer) -> {
          if (!weight.endsWith(layer.name() + ".weight")) {
            throw new ModelException(
                "%s: %s: shares its weight with %s, which must not change: use adapters without it"
                    .formatted(directory.path(), layer.name(), weight));
          }
        });
    return new MergedModel(model, directory, architecture, adapted);
  }

  /** Writes a Hugging Face directory, with float32 weights. */
  public void write(Path target) {
    Map<String, TensorSpec> weights = architecture.weights();
    try (ModelWriter writer = ModelWriter.create(model.path(), weights, target)) {
      weights.forEach((name, spec) -> writer.put(name, weight(name, spec)));
      writer.finish();
    }
  }

  private TensorData weight(String name, TensorSpec spec) {
    byte[] bytes = bytes(model.weight(name, spec.shape()), spec);
    Adapted layer = adapted.get(name);
    if (layer != null) {
      String module = name.substring(0, name.length() - ".weight".length());
      float[] a =
          adapter(module + Lora.A, List.of((long) layer.lora().rank(), layer.base().inputs()));
      float[] b =
          adapter(module + Lora.B, List.of(layer.base().outputs(), (long) layer.lora().rank()));
      add(layer, a, b, floats(bytes));
    }
    return TensorData.of(spec, bytes);
  }

  /** Adds {@code B A * scale} to a weight, row by row. */
  private static void add(Adapted layer, float[] a, float[] b, FloatBuffer weight) {
    int rank = layer.lora().rank();
    int inputs = (int) layer.base().inputs();
    int outputs = (int) layer.base().outputs();
    for (int out = 0; out < outputs; out++) {
      for (int in = 0; in < inputs; in++) {
        double sum = 0;
        for (int k = 0; k < rank; k++) {
          sum += (double) b[out * rank + k] * a[k * inputs + in];
        }
        int place = layer.base().transposed() ? in * outputs + out : out * inputs + in;
        weight.put(place, weight.get(place) + (float) (sum * layer.lora().scale()));
      }
    }
  }

  private float[] adapter(String name, List<Long> shape) {
    TensorSpec spec = new TensorSpec(ElementType.FLOAT32, shape);
    FloatBuffer source = floats(bytes(directory.weight(name, shape), spec));
    float[] values = new float[source.remaining()];
    source.get(values);
    return values;
  }

  private static byte[] bytes(StoredTensor tensor, TensorSpec spec) {
    byte[] bytes = new byte[Math.toIntExact(spec.bytes())];
    tensor.copyTo(ByteBuffer.wrap(bytes));
    return bytes;
  }

  private static FloatBuffer floats(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}

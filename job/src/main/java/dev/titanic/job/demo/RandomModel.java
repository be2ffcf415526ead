package dev.titanic.job.demo;

import dev.titanic.nn.ModelConfig;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelWriter;
import dev.titanic.nn.family.Architecture;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * A model to pre-train: the weights that {@code config.json} asks for, drawn as transformers draws
 * them. Matrices are normal with the configuration's {@code initializer_range}, scales of norms are
 * one.
 */
public final class RandomModel {
  private static final double DEFAULT_RANGE = 0.02;

  private RandomModel() {}

  /**
   * Writes a model directory; the same seed gives the same bytes everywhere.
   *
   * @param description directory with {@code config.json} and {@code tokenizer.json}
   * @param target model directory, which is replaced
   */
  public static void write(Path description, Path target, long seed) {
    ModelConfig config = ModelDirectory.config(description);
    double range = config.number("initializer_range", DEFAULT_RANGE);
    Random random = new Random(seed);
    Map<String, TensorSpec> weights = Architecture.of(config).weights();
    try (ModelWriter writer = ModelWriter.create(description, weights, target)) {
      weights.forEach(
          (name, spec) ->
              writer.put(
                  name,
                  isScale(spec)
                      ? filled(spec, () -> 1)
                      : filled(spec, () -> range * random.nextGaussian())));
      writer.finish();
    }
  }

  private static boolean isScale(TensorSpec spec) {
    return spec.shape().size() == 1;
  }

  private static TensorData filled(TensorSpec spec, DoubleSupplier values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(spec.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) values.getAsDouble());
    }
    return TensorData.whole(spec, List.of(bytes.flip()));
  }
}

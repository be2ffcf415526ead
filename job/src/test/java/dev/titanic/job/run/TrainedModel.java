package dev.titanic.job.run;

import dev.titanic.coordinator.OutputDirectory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run leaves, for comparisons bit by bit.
 *
 * @param losses of all steps in order; lists of {@link Double} are equal when all bits are
 * @param weights content of the exported {@code model.safetensors} or {@code
 *     adapter_model.safetensors}
 */
record TrainedModel(List<Double> losses, ByteBuffer weights) {

  static TrainedModel in(Path output) throws Exception {
    Path adapters = new OutputDirectory(output).adapter().resolve("adapter_model.safetensors");
    Path weights =
        Files.exists(adapters)
            ? adapters
            : new OutputDirectory(output).model().resolve("model.safetensors");
    return new TrainedModel(
        TrainingRuns.losses(output), ByteBuffer.wrap(Files.readAllBytes(weights)));
  }
}

package dev.titanic.job.cli;

import dev.titanic.data.EvaluationText;
import dev.titanic.data.Tokenizer;
import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.nn.Cut;
import dev.titanic.nn.Evaluation;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.TrainingSettings;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.graph.SequenceLimits;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.nn.torch.TorchPartitionLoader;
import dev.titanic.nn.torch.TracedCut;
import dev.titanic.nn.torch.TracedPartitionLoader;
import dev.titanic.protocol.OwnerPartition;
import dev.titanic.protocol.PartitionLoader;
import dev.titanic.protocol.TokenBatch;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole model on a text, in one place. */
final class ModelEvaluation {
  private ModelEvaluation() {}

  /** Mean cross entropy over all next-token targets, in nats. */
  static double loss(EvaluateCommand.Request request) {
    Path path = request.model();
    SequenceLimits limits = SequenceLimits.at(path);
    if (request.sequenceLength() > limits.maxTokens()) {
      throw new ModelException(
          "%s: --sequence-length %d is longer than the model's longest sequence: use 2 to %d"
              .formatted(path, request.sequenceLength(), limits.maxTokens()));
    }
    PartitionLoader loader = loader(path, request.adapter());
    try (Tokenizer tokenizer = Tokenizer.load(ModelDirectory.tokenizer(path));
        OwnerPartition partition = loader.owner(null)) {
      tokenizer.requireFits(limits.vocabulary());
      EvaluationText text =
          new EvaluationText(
              request.text(), tokenizer, request.sequenceLength(), request.maxSequences());
      List<TokenBatch> batches = text.microBatches(0, request.maxSequences(), request.batch());
      return Evaluation.of(partition, List.of(), batches).meanLoss();
    }
  }

  private static PartitionLoader loader(Path path, @Nullable Path adapter) {
    if (TracedDirectory.isAt(path)) {
      if (adapter != null) {
        throw new ModelException(
            path + ": --adapter: a traced model takes none: use a model of a known family");
      }
      TracedDirectory traced = TracedDirectory.open(path);
      TrainingSettings settings = TrainingSettings.none();
      return TracedPartitionLoader.of(
          traced, TracedCut.choose(traced, 0), settings, ComputeDevice.CPU);
    }
    ModelDirectory model = ModelDirectory.open(path);
    Architecture architecture = Architecture.of(model.config());
    architecture.requireIn(model);
    Cut whole = Cut.even(architecture.blocks().size(), 0, 0);
    return new TorchPartitionLoader(
        model, whole, settings(architecture, adapter), ComputeDevice.CPU);
  }

  private static TrainingSettings settings(Architecture architecture, @Nullable Path adapter) {
    if (adapter == null) {
      return TrainingSettings.none();
    }
    AdapterDirectory directory = AdapterDirectory.open(adapter);
    return TrainingSettings.none().with(Adapters.of(architecture, directory).settings());
  }
}

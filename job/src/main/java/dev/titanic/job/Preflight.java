package dev.titanic.job;

import dev.titanic.data.DataException;
import dev.titanic.data.EvaluationText;
import dev.titanic.data.Tokenizer;
import dev.titanic.job.config.EvaluationConfig;
import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.config.PartitionedModel;
import dev.titanic.job.config.Partitioning;
import dev.titanic.job.config.TracedPartitioning;
import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelDirectory;
import dev.titanic.nn.ModelException;
import dev.titanic.nn.family.Adapters;
import dev.titanic.nn.family.Architecture;
import dev.titanic.nn.family.Weight;
import dev.titanic.nn.graph.SequenceLimits;
import dev.titanic.nn.graph.TracedDirectory;
import dev.titanic.nn.torch.TracedPartitionLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What can be known of a run before anything starts: whether its files fit its configuration. */
public final class Preflight {
  private final JobConfig config;
  private final List<String> problems = new ArrayList<>();

  private Preflight(JobConfig config) {
    this.config = config;
  }

  /**
   * Opens model, tokenizer and evaluation text as the run would, and cuts the model.
   *
   * @return the run, which has all it needs
   * @throws InvalidConfig naming what cannot be used
   */
  public static TitanicRun check(JobConfig config) throws InvalidConfig {
    Preflight preflight = new Preflight(config);
    try {
      Path path = Path.of(config.model().path());
      Supplier<PartitionedModel> model = preflight.open(path);
      preflight.texts(path, SequenceLimits.at(path));
      preflight.throwIfAny(); // only what is usable is cut
      return preflight.run(model);
    } catch (ModelException e) {
      preflight.problem("model.path", e);
      throw new InvalidConfig(preflight.problems);
    }
  }

  private Supplier<PartitionedModel> open(Path path) {
    if (TracedDirectory.isAt(path)) {
      TracedDirectory model = TracedDirectory.open(path);
      traced();
      return () -> TracedPartitioning.of(config, model);
    }
    model(ModelDirectory.open(path));
    return () -> Partitioning.of(config);
  }

  private void model(ModelDirectory model) {
    Architecture architecture = Architecture.of(model.config());
    architecture.requireIn(model);
    adapters(architecture);
  }

  private void traced() {
    try {
      TracedPartitionLoader.requireSupported(TitanicRun.trainingSettings(config));
    } catch (ModelException e) {
      problems.add(e.getMessage()); // begins with the key
    }
  }

  private TitanicRun run(Supplier<PartitionedModel> usable) throws InvalidConfig {
    try {
      PartitionedModel model = usable.get();
      problems.addAll(model.problems());
      throwIfAny();
      return new TitanicRun(config, model);
    } catch (ModelException e) {
      throw new InvalidConfig(List.of(e.getMessage())); // begins with the key, or with the file
    }
  }

  private void texts(Path model, SequenceLimits limits) {
    Path tokenizer = ModelDirectory.tokenizer(model);
    if (Files.exists(tokenizer)) {
      tokenizer(tokenizer, limits.vocabulary());
    } else if (config.evaluation().text() != null) {
      problems.add(
          "evaluation.text: %s has no tokenizer.json to read it with; valid: a model directory with one, or no text"
              .formatted(model));
    }
  }

  private void adapters(Architecture architecture) {
    Lora lora = config.training().lora();
    if (lora == null) {
      return;
    }
    try {
      Adapters adapters = Adapters.of(architecture, lora);
      requireNoTrainedRows(adapters.architecture());
      if (lora.initial() != null) {
        AdapterDirectory.open(Path.of(lora.initial())).requireFits(adapters.weights());
      }
    } catch (ModelException e) {
      problem("training.lora", e);
    }
  }

  /** Of what the server aggregates, no row may belong to a token. */
  private void requireNoTrainedRows(Architecture adapted) {
    boolean named =
        Stream.of(adapted.embedding(), adapted.head())
            .flatMap(part -> part.weights().stream())
            .anyMatch(Weight::trained);
    if (named && config.concurrency() != null && !config.masks()) {
      problems.add(
          "training.lora.targets: adapters of embedding or head would show the server the tokens of an owner; valid: layers of the blocks, or secureAggregation: true, or another mode");
    }
  }

  private void tokenizer(Path file, int vocabulary) {
    try (Tokenizer tokenizer = Tokenizer.load(file)) {
      tokenizer.requireFits(vocabulary);
      evaluation(tokenizer);
    } catch (DataException e) {
      problem("model.path", e);
    }
  }

  private void evaluation(Tokenizer tokenizer) {
    EvaluationConfig evaluation = config.evaluation();
    if (evaluation.text() == null) {
      return;
    }
    try {
      new EvaluationText(
              Path.of(evaluation.text()),
              tokenizer,
              config.training().sequenceLength(),
              evaluation.maxSequences())
          .load();
    } catch (DataException e) {
      problem("evaluation.text", e);
    }
  }

  private void problem(String key, RuntimeException e) {
    problems.add(key + ": " + e.getMessage());
  }

  private void throwIfAny() throws InvalidConfig {
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems);
    }
  }
}

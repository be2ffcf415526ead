package dev.titanic.job.cli;

import dev.titanic.data.DataException;
import dev.titanic.nn.ModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code titanic evaluate}: mean loss and perplexity of a model directory, without Flink. */
@Command(name = "evaluate", description = "Prints mean loss and perplexity of a model on a text.")
final class EvaluateCommand implements Callable<Integer> {

  /** Computes the mean cross entropy over all next-token targets. */
  @FunctionalInterface
  interface Evaluation {
    double loss(Request request) throws Exception;
  }

  /**
   * @param model Hugging Face directory
   * @param adapter PEFT directory; null: the model alone
   * @param text file, one document
   * @param sequenceLength tokens
   * @param maxSequences from the beginning of the text
   * @param batch sequences at once
   */
  record Request(
      Path model,
      @Nullable Path adapter,
      Path text,
      int sequenceLength,
      int maxSequences,
      int batch) {}

  private final Evaluation evaluation;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "Hugging Face directory.")
  private @SuppressWarnings("NullAway.Init") Path model;

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "PEFT directory of adapters for the model.")
  private @Nullable Path adapter;

  @Option(names = "--text", paramLabel = "FILE", required = true, description = "UTF-8 text.")
  private @SuppressWarnings("NullAway.Init") Path text;

  @Option(
      names = "--sequence-length",
      paramLabel = "T",
      defaultValue = "128",
      description = "Tokens of a sequence; ${DEFAULT-VALUE} by default.")
  private int sequenceLength;

  @Option(
      names = "--max-sequences",
      paramLabel = "N",
      defaultValue = "2147483647",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "Only the first N sequences; all by default.")
  private int maxSequences;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "8",
      description = "Sequences at once; ${DEFAULT-VALUE} by default.")
  private int batch;

  EvaluateCommand(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  @Override
  public Integer call() throws Exception {
    check(Files.isRegularFile(model.resolve("config.json")), "--model", model, "a model directory");
    check(Files.isRegularFile(text), "--text", text, "a text file");
    check(sequenceLength >= 2, "--sequence-length", sequenceLength, "at least 2");
    check(maxSequences >= 1, "--max-sequences", maxSequences, "at least 1");
    check(batch >= 1, "--batch", batch, "at least 1");
    long start = System.nanoTime();
    double loss;
    try {
      loss =
          evaluation.loss(new Request(model, adapter, text, sequenceLength, maxSequences, batch));
    } catch (ModelException | DataException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    spec.commandLine()
        .getOut()
        .print(
            ResultsTable.of(
                List.of(
                    new ResultsTable.Row(
                        (adapter == null ? model : adapter).toString(), loss, seconds))));
    spec.commandLine().getOut().flush();
    return ExitCode.SUCCESS;
  }

  private void check(boolean usable, String option, Object value, String valid) {
    if (!usable) {
      throw new ParameterException(
          spec.commandLine(), "%s: %s; valid: %s".formatted(option, value, valid));
    }
  }
}

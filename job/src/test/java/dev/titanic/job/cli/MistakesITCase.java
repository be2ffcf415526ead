package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole command line: a mistake that can be known early is one line, before anything starts.
 */
final class MistakesITCase {
  private static final Path FIXTURE = Path.of("../operators/src/test/resources/hf/llama");

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeModel() throws IOException {
    Path model = Files.createDirectory(directory.resolve("model"));
    for (String file : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(FIXTURE.resolve(file), model.resolve(file));
    }
    Files.writeString(directory.resolve("text.txt"), "a document\n");
    Files.writeString(directory.resolve("file"), "in the way of a directory");
    configure("");
  }

  @Test
  void namesMissingWeights() throws IOException {
    Files.delete(directory.resolve("model/model.safetensors"));

    assertThat(run())
        .isEqualTo(
            "2: model.path: DIR/model: has no weights: add model.safetensors or"
                + " model.safetensors.index.json");
  }

  @Test
  void namesTruncatedWeights() throws IOException {
    Path weights = directory.resolve("model/model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(run())
        .isEqualTo(
            "2: model.path: DIR/model/model.safetensors: it has %d bytes where its header needs %d: use a whole safetensors file"
                .formatted(bytes.length - 1, bytes.length));
  }

  @Test
  void namesATokenizerThatIsNone() throws IOException {
    Files.writeString(directory.resolve("model/tokenizer.json"), "{\"a\": 1}");

    assertThat(run())
        .isEqualTo(
            "2: model.path: tokenizer DIR/model/tokenizer.json is not a tokenizer.json of the"
                + " Hugging Face tokenizers library");
  }

  @Test
  void namesATokenizerWithMoreTokensThanTheModel() throws IOException {
    Files.writeString(
        directory.resolve("model/tokenizer.json"),
        """
        {"version": "1.0", "added_tokens": [],
         "model": {"type": "WordLevel", "vocab": {"a": 0, "b": 99999}, "unk_token": "a"}}
        """);

    assertThat(run())
        .startsWith("2: model.path: tokenizer DIR/model/tokenizer.json has token ids up to 99999,")
        .endsWith(": they do not belong together");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluation: {text: text.txt}"
            + "|evaluation.text: DIR/model has no tokenizer.json to read it with; valid: a model"
            + " directory with one, or no text",
        "training: {sequenceLength: 100000}"
            + "|DIR/run.yaml:5:12: training.sequenceLength: 100000 is longer than the model's longest"
            + " sequence; valid: 2 to ",
        "output: DIR/file|output: DIR/file cannot be written; valid: a directory of your own",
        "stages: 9|DIR/run.yaml:5:1: stages: 9 and ownerBlocks: 1 do not fit in the ",
        "microBatchs: 1|DIR/run.yaml:5:1: microBatchs: unknown key; nearest valid key: ",
      })
  void namesWhatCannotBeRun(String line, String problem) throws IOException {
    configure(line.replace("DIR", directory.toString()));

    assertThat(run()).startsWith("2: " + problem);
  }

  @Test
  void namesTheTabInAConfiguration() throws IOException {
    Files.writeString(directory.resolve("run.yaml"), "model:\n\tpath: model\n");

    assertThat(run())
        .startsWith("2: DIR/run.yaml:")
        .contains("not YAML: found character '\\t(TAB)'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run DIR|2: DIR:1:1: a directory; valid: a configuration in YAML",
        "run DIR/run.yaml|2: topic titanic.data.alice: a broker of the run's own begins without"
            + " documents; valid: --feed alice=FILE, or --kafka HOST:PORT",
        "run DIR/run.yaml --feed alice=DIR/text.txt --from DIR/model"
            + "|2: --from: no savepoint in DIR/model; valid: a directory with a file _metadata",
        "run DIR/run.yaml --feed alice=DIR/model"
            + "|2: titanic run: --feed: DIR/model is no file of documents; valid is .txt or .jsonl"
            + " (see titanic run --help)",
        "run DIR/run.yaml --kafka localhost:1"
            + "|1: titanic run: topic titanic.data.alice: no answer from Kafka at localhost:1",
        "run DIR/run.yaml --kafka localhost:99999"
            + "|2: titanic run: Invalid value for option '--kafka': 'localhost:99999'; valid:"
            + " HOST:PORT, with a port of 1 to 65535 (see titanic run --help)",
        "compare DIR/run.yaml"
            + "|2: clients: one with data; valid: several, to compare ways to train on all",
        "compare DIR/run.yaml --feed bob=DIR/text.txt"
            + "|2: titanic compare: --feed: no client with data bob; valid: alice (see titanic"
            + " compare --help)",
        "demo --output DIR/file|2: output: DIR/file cannot be written; valid: a directory of your own",
        "demo DIR/run.yaml"
            + "|2: titanic demo: Unmatched argument at index 1: 'DIR/run.yaml' (see titanic demo --help)",
        "feed --client Alice --kafka localhost:1 DIR/text.txt"
            + "|2: titanic feed: --client: Alice; valid: lower-case letters, digits and . _ - (see"
            + " titanic feed --help)",
        "feed --client alice --kafka host.invalid:1 DIR/text.txt"
            + "|1: titanic feed: topic titanic.data.alice: Kafka cannot be at host.invalid:1; valid:"
            + " HOST:PORT of a broker",
        "evaluate --model DIR/model --text DIR/text.txt --sequence-length 24"
            + "|2: titanic evaluate: tokenizer DIR/model/tokenizer.json cannot be read (see titanic"
            + " evaluate --help)",
        "evaluate --model DIR/model --adapter DIR/model --text DIR/text.txt --sequence-length 24"
            + "|2: titanic evaluate: DIR/model: has no adapter_config.json: use a PEFT directory"
            + " (see titanic evaluate --help)",
        "merge --model DIR/model --adapter DIR/none --output DIR/merged"
            + "|2: titanic merge: DIR/none: has no adapter_config.json: use a PEFT directory (see"
            + " titanic merge --help)",
        "merge --model DIR/model --adapter DIR/none --output DIR/model"
            + "|2: titanic merge: --output: DIR/model exists; valid: a new directory (see titanic"
            + " merge --help)",
      })
  void namesUnusableArguments(String line, String problem) {
    String[] arguments =
        Stream.of(line.split(" "))
            .map(argument -> argument.replace("DIR", directory.toString()))
            .toArray(String[]::new);

    assertThat(execute(arguments)).isEqualTo(problem);
  }

  private void configure(String more) throws IOException {
    Files.writeString(
        directory.resolve("run.yaml"),
        """
        model: {path: model}
        clients:
        - id: alice
        - {id: bob, data: false}
        %s
        %s
        %s
        """
            .formatted(
                more,
                more.startsWith("output") ? "" : "output: " + directory.resolve("out"),
                more.startsWith("training") ? "" : "training: {sequenceLength: 24}"),
        StandardCharsets.UTF_8);
  }

  private String run() {
    return execute(
        "run",
        directory.resolve("run.yaml").toString(),
        "--feed",
        "alice=" + directory.resolve("text.txt"));
  }

  /** Gives exit code and the first line, with DIR for this test's directory. */
  private String execute(String... arguments) {
    int exitCode =
        Titanic.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).doesNotContain("Exception", "\tat ");
    return exitCode
        + ": "
        + err.toString().lines().findFirst().orElse("").replace(directory.toString(), "DIR");
  }
}

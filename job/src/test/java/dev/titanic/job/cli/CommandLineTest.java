package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.job.config.JobConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandLineTest {
  @TempDir private Path directory;
  private final List<String> runs = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Training training =
      (config, feeds, savepoint, display) ->
          runs.add(describe(config, feeds) + ", from " + savepoint);

  @BeforeEach
  void makeConfiguration() throws IOException {
    Files.createDirectories(directory.resolve("base"));
    Files.writeString(directory.resolve("base/config.json"), "{}");
    Files.writeString(directory.resolve("text.txt"), "text");
    Files.writeString(
        directory.resolve("titanic.yaml"), "model: {path: base}\nclients: [{id: alice}]\n");
  }

  @Test
  void givesEveryArgumentToTheRun() {
    int exitCode =
        execute(
            "run",
            path("titanic.yaml"),
            "--feed=alice=" + path("text.txt"),
            "--kafka=localhost:9092",
            "--from=savepoint-1",
            "--output=" + path("results"));

    assertThat(exitCode).isZero();
    assertThat(runs)
        .containsExactly(
            "Kafka localhost:9092, output %s, feeds [Feed[client=alice, file=%s]], from savepoint-1"
                .formatted(path("results"), path("text.txt")));
  }

  @Test
  void leavesOptionalArgumentsOut() {
    assertThat(execute("run", path("titanic.yaml"))).isZero();
    assertThat(runs)
        .containsExactly(
            "Kafka null, output %s, feeds [], from null"
                .formatted(Path.of("out").toAbsolutePath()));
  }

  @Test
  void printsEveryProblemOfTheConfiguration() throws IOException {
    Files.writeString(directory.resolve("titanic.yaml"), "modle: x\nstages: -1\n");

    assertThat(execute("run", path("titanic.yaml"))).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith(path("titanic.yaml") + ":"));
    assertThat(runs).isEmpty();
  }

  @Test
  void tellsTheRootOfAFailureInOneLine() {
    training =
        (config, feeds, savepoint, display) -> {
          throw new IllegalStateException("outer", new IOException("the disk is full\nat line 2"));
        };

    assertThat(execute("run", path("titanic.yaml"))).isEqualTo(1);
    assertThat(err).hasToString("titanic run: the disk is full" + System.lineSeparator());
  }

  @Test
  void namesTheClassOfAFailureWithoutAMessage() {
    training =
        (config, feeds, savepoint, display) -> {
          throw new IllegalStateException();
        };

    assertThat(execute("run", path("titanic.yaml"))).isEqualTo(1);
    assertThat(err).hasToString("titanic run: IllegalStateException" + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fly",
        "run",
        "run CONFIG --fast",
        "run CONFIG --kafka here",
        "run CONFIG --feed alice",
        "run CONFIG --feed bob=TEXT",
        "run CONFIG --feed alice=none.txt",
        "evaluate --model none --text TEXT",
        "evaluate --model MODEL --text none.txt",
        "evaluate --model MODEL --text TEXT --sequence-length 1",
        "evaluate --model MODEL --text TEXT --batch many",
        "feed --client alice --kafka localhost:1",
        "feed --client alice --kafka localhost:1 none.txt",
        "feed --client alice --kafka localhost:1 CONFIG"
      })
  void tellsUnusableArgumentsInOneLine(String line) {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          arguments[i]
              .replace("CONFIG", path("titanic.yaml"))
              .replace("MODEL", path("base"))
              .replace("TEXT", path("text.txt"));
    }

    assertThat(execute(arguments)).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("titanic")
        .endsWith(" --help)");
    assertThat(out.toString()).isEmpty();
    assertThat(runs).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "evaluate", "merge", "feed"})
  void explainsEveryCommand(String command) {
    assertThat(execute(command, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: titanic " + command);
  }

  @Test
  void printsThePerplexity() {
    assertThat(execute("evaluate", "--model", path("base"), "--text", path("text.txt"))).isZero();
    assertThat(out.toString().lines().toList().get(1)).contains(" 7.389 ").contains(" 2.0000 ");
  }

  @Test
  void mergesAdaptersIntoAModel() {
    Path model = Path.of("../operators/src/test/resources/hf/gpt2");
    String merged = path("merged");

    int exitCode =
        execute(
            "merge",
            "--model=" + model,
            "--adapter=" + model.resolve("adapter-after"),
            "--output=" + merged);

    assertThat(exitCode).isZero();
    assertThat(out).hasToString("model      " + merged + System.lineSeparator());
    assertThat(Path.of(merged)).isDirectoryContaining("glob:**/model.safetensors");
  }

  private int execute(String... arguments) {
    CommandLine commandLine =
        Titanic.commandLine(
            List.of(
                new RunCommand(
                    System.out,
                    (config, feeds, savepoint, display) ->
                        training.run(config, feeds, savepoint, display)),
                new EvaluateCommand(request -> 2.0),
                new MergeCommand(),
                new FeedCommand()));
    return commandLine
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static String describe(JobConfig config, List<Feed> feeds) {
    return "Kafka %s, output %s, feeds %s"
        .formatted(config.kafka().bootstrapServers(), config.output(), feeds);
  }
}

package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.config.ClientConfig;
import dev.titanic.job.config.JobConfig;
import dev.titanic.schemas.kafka.OwnerShare;
import dev.titanic.schemas.kafka.PartitionWork;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command around runs that only leave a {@code progress.jsonl}. */
final class CompareCommandTest {
  private static final Path MODEL = Path.of("src/demo/base-model").toAbsolutePath();

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
  private final List<JobConfig> runs = new ArrayList<>();
  private final List<List<Feed>> fed = new ArrayList<>();
  private ProgressRecord.End.Reason reason = ProgressRecord.End.Reason.FINISHED;

  @BeforeEach
  void writeTexts() throws IOException {
    Files.writeString(directory.resolve("a.txt"), "a document\n");
    Files.writeString(directory.resolve("b.txt"), "another\n");
    Files.writeString(directory.resolve("test.txt"), "a text to evaluate on ".repeat(10));
  }

  @Test
  void comparesEveryWay() throws IOException {
    assertThat(compare("a, b", "lora: {}")).isZero();

    assertThat(names())
        .containsExactly(
            "base",
            "centralized",
            "FedAvg",
            "sequential, 2 owners",
            "concurrent, gradients",
            "concurrent, parameters");
    assertThat(row("base").path("perplexities").path(0).asDouble()).isEqualTo(20);
    assertThat(perplexities("centralized")).containsExactly(10.0);
    assertThat(directory.resolve("out/report.html")).isNotEmptyFile();
  }

  @Test
  void showsOwnersInShortTurnsAtTheEndOfEveryRound() throws IOException {
    assertThat(compare("a, b", "lora: {}, rounds: 3")).isZero();

    assertThat(perplexities("sequential, 2 owners")).containsExactly(11.0, 10.0);
    assertThat(perplexities("sequential, 2 owners, 3 rounds")).containsExactly(14.0, 12.0, 10.0);
    assertThat(perplexities("FedAvg")).containsExactly(12.0, 11.0, 10.0);
    assertThat(out.toString()).containsIgnoringWhitespaces("FedAvg and concurrent in 3 rounds.");
  }

  @Test
  void saysWhichWayOfHowManyIsTrained() throws IOException {
    compare("a, b", "lora: {}");

    assertThat(progress.toString(StandardCharsets.UTF_8).lines())
        .contains("0 %, 1 of 5: centralized", "2 of 5: FedAvg: perplexity 10.000, after 2 s")
        .last()
        .isEqualTo("100 %, 5 of 5: concurrent, parameters");
  }

  @Test
  void readsTopicsThatAreThereAndNamesWhatOnlyFilesGive() throws IOException {
    assertThat(compare("a, b", "lora: {}", "--kafka", "localhost:9092")).isZero();

    assertThat(names()).doesNotContain("centralized").contains("sequential, 2 owners");
    assertThat(out.toString())
        .containsIgnoringWhitespaces(
            "Not possible here: centralized (it needs the documents of several owners");
    assertThat(runs)
        .extracting(run -> String.valueOf(run.kafka().bootstrapServers()))
        .containsOnly("localhost:9092");
    assertThat(fed).allMatch(List::isEmpty);
  }

  @Test
  void takesFilesForJoinedDocumentsOnlyWhereTopicsAreThere() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--kafka", "localhost:9092"));
    arguments.addAll(feeds(List.of("a", "b")));

    assertThat(compare("a, b", "lora: {}", arguments.toArray(String[]::new))).isZero();

    assertThat(names().get(1)).isEqualTo("centralized");
    assertThat(runs.get(0).kafka().bootstrapServers()).isNull();
    assertThat(fed.get(0)).hasSize(2);
    assertThat(fed.subList(1, fed.size())).allMatch(List::isEmpty);
    assertThat(progress.toString(StandardCharsets.UTF_8))
        .startsWith("The files are for ways in which a client has the documents of several owners");
  }

  @Test
  void givesCentralizedTheDocumentsOfAllInOrder() throws IOException {
    compare("a, b", "lora: {}");

    assertThat(fed.get(0))
        .extracting(feed -> feed.client() + " " + feed.file().getFileName())
        .containsExactly("a a.txt", "a b.txt");
  }

  @Test
  void addsWhatMovesAndWhatIsAggregatedToWhatWasCounted() throws IOException {
    compare("a, b", "lora: {}");

    long counted = 1_000;
    JsonNode moved = row("sequential, 2 owners").path("bytesSent");
    JsonNode summed = row("concurrent, gradients").path("bytesSent");
    JsonNode averaged = row("concurrent, parameters").path("bytesSent");
    assertThat(moved.path("a").asLong()).isGreaterThan(counted);
    assertThat(moved.path("a").asLong() % (3 * Float.BYTES)).isEqualTo(counted % 12);
    assertThat(summed.path("b").asLong()).as("summed within the steps").isEqualTo(counted);
    assertThat(averaged.path("b").asLong()).as("averaged after them").isGreaterThan(counted);
  }

  @Test
  void saysWhyAWayIsNotPossible() throws IOException {
    assertThat(compare("a, b", "")).isZero();

    assertThat(names()).containsExactly("base", "centralized", "sequential, 2 owners");
    assertThat(out.toString())
        .containsIgnoringWhitespaces("FedAvg (training.mode: fedavg without lora");
  }

  @Test
  void doesNotCompareARunThatWasStopped() throws IOException {
    reason = ProgressRecord.End.Reason.STOPPED;

    assertThat(compare("a, b", "lora: {}")).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString().lines()).singleElement().asString().contains("was stopped");
  }

  @Test
  void refusesAnOwnerWithoutDocumentsInOneLine() throws IOException {
    assertThat(compare("a, b", "", feeds(List.of("a")).toArray(String[]::new)))
        .isEqualTo(ExitCode.UNUSABLE);

    assertThat(err.toString().lines())
        .containsExactly(
            "--feed: no documents of b; valid: --feed b=FILE, or --kafka HOST:PORT that has them");
  }

  @Test
  void refusesASingleOwnerInOneLine() throws IOException {
    assertThat(compare("a", "")).isEqualTo(ExitCode.UNUSABLE);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("clients: one with data; valid: several");
    assertThat(fed).isEmpty();
  }

  private List<Double> perplexities(String name) throws IOException {
    List<Double> perplexities = new ArrayList<>();
    row(name).path("perplexities").forEach(value -> perplexities.add(value.asDouble()));
    return perplexities;
  }

  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    table().forEach(row -> names.add(row.path("name").asText()));
    return names;
  }

  private JsonNode row(String name) throws IOException {
    for (JsonNode row : table()) {
      if (row.path("name").asText().equals(name)) {
        return row;
      }
    }
    throw new AssertionError("no row " + name);
  }

  private JsonNode table() throws IOException {
    return new ObjectMapper()
        .readTree(directory.resolve("out/comparison.json").toFile())
        .path("rows");
  }

  private int compare(String owners, String training) throws IOException {
    return compare(owners, training, feeds(List.of(owners.split(", "))).toArray(String[]::new));
  }

  private List<String> feeds(List<String> owners) {
    return owners.stream()
        .flatMap(id -> Stream.of("--feed", id + "=" + directory.resolve(id + ".txt")))
        .toList();
  }

  private int compare(String owners, String training, String... more) throws IOException {
    List<String> ids = List.of(owners.split(", "));
    Path config = directory.resolve("titanic.yaml");
    Files.writeString(
        config,
        """
        model: {path: %s}
        stages: 1
        clients: [%s, {id: h, data: false}]
        training: {mode: sequential, epochsPerTurn: 1, microBatches: 2, sequenceLength: 16, %s}
        evaluation: {text: test.txt}
        output: %s
        """
            .formatted(
                MODEL,
                ids.stream().map("{id: %s}"::formatted).collect(Collectors.joining(", ")),
                training,
                directory.resolve("out")));
    List<String> arguments = new ArrayList<>(List.of("compare", config.toString()));
    arguments.addAll(List.of(more));
    return Titanic.commandLine(
            List.of(
                new CompareCommand(
                    new PrintStream(progress, true, StandardCharsets.UTF_8),
                    (run, feeds, savepoint, display) -> {
                      runs.add(run);
                      fed.add(feeds);
                      leaveProgress(run);
                    })))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  /** Perplexity falls by one with every turn, to 10 after the last. */
  private void leaveProgress(JobConfig run) throws IOException {
    List<ProgressRecord> records = new ArrayList<>();
    records.add(placement(0, "a"));
    records.add(new ProgressRecord.Evaluation(0, "start", Math.log(20), 20));
    records.add(step(run));
    records.add(placement(1, run.owners().get(run.owners().size() - 1).id()));
    int owners = run.concurrency() == null ? run.owners().size() : 1;
    for (int left = owners * run.training().turns().rounds() - 1; left >= 0; left--) {
      records.add(
          new ProgressRecord.Evaluation(1, "turn of somebody", Math.log(10 + left), 10 + left));
    }
    records.add(new ProgressRecord.End(1, reason, 2));
    Path progress = new OutputDirectory(Path.of(run.output())).progress();
    Files.createDirectories(Path.of(run.output()));
    Files.write(
        progress,
        records.stream()
            .map(record -> new String(record.toJson(), StandardCharsets.UTF_8))
            .toList());
  }

  private static ProgressRecord placement(int epoch, String owner) {
    return new ProgressRecord.Placement(
        epoch, epoch, Map.of("owner", owner), "a turn", 0, null, null, null);
  }

  private static ProgressRecord step(JobConfig run) {
    List<PartitionWork> work = new ArrayList<>();
    List<OwnerShare> owners = new ArrayList<>();
    int atOnce = run.concurrency() == null ? 1 : run.owners().size();
    for (ClientConfig owner : run.owners().subList(0, atOnce)) {
      owners.add(new OwnerShare(owner.id(), 1, 1, 1, 1));
      work.add(new PartitionWork("owner", owner.id(), 0, 0, 0, 1_000));
    }
    if (run.stages() > 0) {
      work.add(new PartitionWork("stage-1", "h", 0, 0, 0, 2_000));
    }
    return new ProgressRecord.Step(1, 1, 1, 1, owners, 1, 1, 1, 1, 0, 0, work);
  }
}

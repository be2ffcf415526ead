package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.titanic.job.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two owners whose documents are in topics that are there; their files join them. */
@Timeout(180)
final class CompareITCase {
  private static final Path MODEL = Path.of("src/demo/base-model").toAbsolutePath();

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void trainsOnTopicsAndWhereDocumentsAreJoinedOnFiles() throws Exception {
    Path alice = document("alice.txt", "the cat sat on the mat. ");
    Path bob = document("bob.txt", "a dog ran in the fog. ");
    Path config = configuration();
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      String kafka = broker.bootstrapServers();
      execute("feed", "--client=alice", "--kafka=" + kafka, "--lines", alice.toString());
      execute("feed", "--client=bob", "--kafka=" + kafka, "--lines", bob.toString());
      out.getBuffer().setLength(0);

      execute(
          "compare",
          config.toString(),
          "--json",
          "--kafka=" + kafka,
          "--feed=alice=" + alice,
          "--feed=bob=" + bob);
    }

    JsonNode table = new ObjectMapper().readTree(out.toString());
    JsonNode rows = table.path("rows");
    assertThat(rows)
        .extracting(row -> row.path("name").asText())
        .containsExactly("base", "centralized", "sequential, 2 owners");
    assertThat(table.path("caption").asText()).contains("Not possible here: FedAvg (");
    double base = perplexity(rows.path(0), 0);
    assertThat(perplexity(rows.path(1), 0)).isPositive().isLessThan(base);
    assertThat(perplexity(rows.path(2), 1)).isPositive().isLessThan(base);
    assertThat(rows.path(1).path("bytesSent").path("alice").asLong()).isZero();
    assertThat(rows.path(2).path("bytesSent")).allMatch(bytes -> bytes.asLong() > 0);
    assertThat(directory.resolve("out/report.html")).isNotEmptyFile();
  }

  private static double perplexity(JsonNode row, int turn) {
    return row.path("perplexities").path(turn).asDouble();
  }

  private Path document(String name, String line) throws IOException {
    return Files.writeString(directory.resolve(name), (line.repeat(4) + "\n").repeat(8));
  }

  private Path configuration() throws IOException {
    Files.writeString(
        directory.resolve("test.txt"), "the dog sat on the cat in the fog. ".repeat(4));
    return Files.writeString(
        directory.resolve("titanic.yaml"),
        """
        model: {path: %s}
        stages: 1
        clients: [{id: alice}, {id: bob}]
        training:
          mode: sequential
          epochsPerTurn: 1
          microBatches: 2
          microBatchSize: 2
          sequenceLength: 16
          learningRate: 1.0e-3
        evaluation: {text: test.txt}
        output: %s
        """
            .formatted(MODEL, directory.resolve("out")));
  }

  private void execute(String... arguments) {
    int exitCode =
        Titanic.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    assertThat(exitCode).as(err.toString()).isZero();
  }
}

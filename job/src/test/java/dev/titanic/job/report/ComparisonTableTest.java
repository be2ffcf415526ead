package dev.titanic.job.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonTableTest {
  @TempDir private Path directory;

  @Test
  void comesBackFromItsFile() throws IOException {
    ComparisonTable table =
        new ComparisonTable(
            "a small model on a public text",
            List.of(
                new ComparisonTable.Row("base", List.of(166.8), Map.of(), Map.of(), null, null),
                new ComparisonTable.Row(
                    "sequential, 2 owners",
                    List.of(31.0, 30.1),
                    Map.of("alice", 1024L),
                    Map.of("alice", 1L << 20),
                    12.5,
                    "sequential")));
    Path file = directory.resolve("comparison.json");

    table.write(file);

    assertThat(ComparisonTable.read(file)).isEqualTo(table);
  }

  @Test
  void needsOnlyNamesAndPerplexities() throws IOException {
    Path file = directory.resolve("comparison.json");
    Files.writeString(
        file, "{\"caption\":\"c\",\"rows\":[{\"name\":\"base\",\"perplexities\":[5.5]}]}");

    assertThat(ComparisonTable.read(file).rows())
        .containsExactly(
            new ComparisonTable.Row("base", List.of(5.5), Map.of(), Map.of(), null, null));
  }

  @Test
  void refusesARowWithoutAResult() {
    assertThatThrownBy(
            () -> new ComparisonTable.Row("base", List.of(), Map.of(), Map.of(), null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("base has no perplexity");
  }
}

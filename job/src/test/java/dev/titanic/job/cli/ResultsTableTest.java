package dev.titanic.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultsTableTest {

  @Test
  void alignsItsColumns() {
    String table =
        ResultsTable.of(
            List.of(
                new ResultsTable.Row("base", Math.log(166.786), 3.21),
                new ResultsTable.Row("Titanic, K = 2", Math.log(12.5), 61.04)));

    assertThat(table.lines())
        .containsExactly(
            "                 perplexity      loss   seconds",
            "base                166.786    5.1167       3.2",
            "Titanic, K = 2       12.500    2.5257      61.0");
  }
}

package dev.titanic.job.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ways to train side by side, in the form of the paper's Table II: {@code comparison.json}.
 *
 * @param caption what was trained and evaluated, for people
 */
public record ComparisonTable(String caption, @JsonSetter(nulls = Nulls.AS_EMPTY) List<Row> rows) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public ComparisonTable {
    rows = List.copyOf(rows);
  }

  /**
   * One way to train.
   *
   * @param name for people, such as {@code "sequential, 4 owners"}
   * @param perplexities on the evaluation text: of the only model, or after each turn or round
   * @param bytesSent by every client, by client id; empty when unknown or nothing was sent
   * @param peakMemoryBytes of every client's partitions, by client id; empty when unknown
   * @param seconds that it took; null when that says nothing
   * @param directory output directory of the run, relative to the table's, whose report the page
   *     points to; null without one
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Row(
      String name,
      List<Double> perplexities,
      @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Long> bytesSent,
      @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Long> peakMemoryBytes,
      @Nullable Double seconds,
      @Nullable String directory) {
    public Row {
      if (perplexities.isEmpty()) {
        throw new IllegalArgumentException(name + " has no perplexity");
      }
      perplexities = List.copyOf(perplexities);
      bytesSent = Collections.unmodifiableMap(new LinkedHashMap<>(bytesSent));
      peakMemoryBytes = Collections.unmodifiableMap(new LinkedHashMap<>(peakMemoryBytes));
    }
  }

  /** Writes a table; the report of its directory shows it. */
  public void write(Path file) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(this));
  }

  /**
   * @throws IOException when there is none, or it cannot be read as one
   */
  public static ComparisonTable read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), ComparisonTable.class);
  }
}

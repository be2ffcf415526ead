package dev.titanic.job.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.titanic.coordinator.OutputDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFileTest {
  private static final Pattern DATA =
      Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");
  private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("<[a-z]+\\s[^>]*>");

  @TempDir private Path directory;
  private OutputDirectory output;
  private ReportFile report;

  @BeforeEach
  void open() {
    output = new OutputDirectory(directory);
    report =
        new ReportFile(output, Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
  }

  @Test
  void holdsTheRunAsData() throws Exception {
    writeProgress(GoldenProgress.LINES);
    Files.writeString(
        output.configuration(), "model: {path: /m/base}\ntraining: {mode: sequential}\n");

    report.write();

    JsonNode data = data();
    assertThat(data.path("written").asText()).isEqualTo("2026-01-02T03:04:05Z");
    JsonNode run = data.path("run");
    assertThat(run.path("status").asText()).isEqualTo("finished");
    assertThat(run.path("configuration").path("mode").asText()).isEqualTo("sequential");
    assertThat(run.path("curves").path("loss").path(1).path("name").asText()).isEqualTo("bob");
    assertThat(run.path("placements").path("rows").path(1).path("reason").asText())
        .isEqualTo("turn of bob");
    assertThat(page()).contains("<title>base · Titanic</title>").doesNotContain("{{");
  }

  @Test
  void makesNoRequest() throws Exception {
    writeProgress(GoldenProgress.LINES);

    report.write();

    assertThat(page())
        .contains("content=\"default-src 'none'; img-src data:; base-uri 'none'")
        .doesNotContain("@import", "url(", "fetch(", "XMLHttpRequest", "import(");
    assertThat(TAG.matcher(page().split("<body>", 2)[0]).results().map(MatchResult::group))
        .isNotEmpty()
        .allSatisfy(tag -> assertThat(tag).doesNotContain("//"));
  }

  @Test
  void allowsItsOwnScriptsByTheirHash() throws Exception {
    writeProgress(GoldenProgress.LINES);

    report.write();

    String page = page();
    List<String> scripts = SCRIPT.matcher(page).results().map(script -> script.group(1)).toList();
    assertThat(scripts).hasSize(2);
    assertThat(scripts.get(0)).contains("uPlot");
    for (String script : scripts) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      assertThat(page).contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
  }

  @Test
  void whatSomebodyWroteCannotLeaveItsPlace() throws Exception {
    String hostile = "</script><script>alert(1)</script><!-- $1 {{data}} \\";
    writeProgress(List.of(GoldenProgress.step(1, "alice", 3, "carol")));
    Files.writeString(output.configuration(), "model: {path: '" + hostile + "'}\n");

    report.write();

    assertThat(page()).doesNotContain("<script>alert", "<!-- $1");
    assertThat(data().path("run").path("configuration").path("model").asText()).isEqualTo(hostile);
  }

  @Test
  void leavesOutALineThatIsStillWritten() throws Exception {
    writeProgress(GoldenProgress.LINES.subList(0, 4));
    Files.writeString(
        output.progress(),
        Files.readString(output.progress()) + GoldenProgress.LINES.get(6).substring(0, 40));

    report.writeRunning();

    assertThat(data().path("run").path("status").asText()).isEqualTo("running");
    assertThat(data().path("run").path("totals").path("steps").asLong()).isEqualTo(2);
  }

  @Test
  void onlyThePageOfARunThatGoesOnLoadsItselfAgain() throws Exception {
    writeProgress(GoldenProgress.LINES.subList(0, 4));

    report.writeRunning();
    assertThat(page()).contains("http-equiv=\"refresh\"");

    report.write();
    assertThat(page()).doesNotContain("http-equiv=\"refresh\"");
    assertThat(data().path("run").path("status").asText()).isEqualTo("unfinished");
  }

  @Test
  void showsAComparisonWithoutARunOfItsOwn() throws Exception {
    Files.writeString(
        output.comparison(),
        "{\"caption\":\"c\",\"rows\":[{\"name\":\"base\",\"perplexities\":[5.5]}]}");

    report.write();

    assertThat(data().path("run").isNull()).isTrue();
    assertThat(data().path("comparison").path("rows").path(0).path("name").asText())
        .isEqualTo("base");
  }

  @Test
  void staysSmallHoweverLongTheRunIs() throws Exception {
    try (var writer = Files.newBufferedWriter(output.progress())) {
      for (int step = 1; step <= 20_000; step++) {
        writer.write(GoldenProgress.step(step, "alice", 2 + Math.sin(step), "carol") + "\n");
      }
    }

    report.write();

    assertThat(Files.size(output.report())).isLessThan(1 << 20);
  }

  @Test
  void tellsWhatADirectoryOfARunWouldHave() {
    assertThat(report.isPossible()).isFalse();
    assertThatThrownBy(report::write)
        .isInstanceOf(UnusableReport.class)
        .hasMessage(directory + ": no progress.jsonl in it; valid: the output directory of a run");
  }

  @Test
  void namesALineThatIsNoRecord() throws IOException {
    writeProgress(List.of(GoldenProgress.LINES.get(0), "{}"));

    assertThatThrownBy(report::write)
        .isInstanceOf(UnusableReport.class)
        .hasMessageStartingWith(output.progress() + ", line 2: no progress record");
  }

  @Test
  void namesAComparisonThatIsNone() throws IOException {
    Files.writeString(output.comparison(), "[]");

    assertThatThrownBy(report::write)
        .isInstanceOf(UnusableReport.class)
        .hasMessageStartingWith(output.comparison() + ": no comparison");
  }

  private void writeProgress(List<String> lines) throws IOException {
    Files.write(output.progress(), lines);
  }

  private String page() throws IOException {
    return Files.readString(output.report());
  }

  private JsonNode data() throws IOException {
    var data = DATA.matcher(page());
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }
}

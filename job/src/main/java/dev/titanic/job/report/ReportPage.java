package dev.titanic.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One HTML file with everything in it: the data as JSON, the scripts that draw it, the chart
 * library. Its policy allows these scripts and no request to anywhere.
 */
final class ReportPage {
  private static final Pattern MARK = Pattern.compile("\\{\\{(\\w+)}}");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** In the order in which they need each other. */
  private static final List<String> SCRIPTS =
      List.of(
          "format.js",
          "elements.js",
          "colors.js",
          "chart.js",
          "training.js",
          "pipeline.js",
          "placement.js",
          "comparison.js",
          "report.js");

  private static final int REFRESH_SECONDS = 10;

  private ReportPage() {}

  static String of(Report report) {
    WebJar charts = WebJar.ofNpm("uplot");
    String library = charts.text("dist/uPlot.iife.min.js");
    String script = SCRIPTS.stream().map(ReportPage::resource).collect(Collectors.joining("\n"));
    String style = charts.text("dist/uPlot.min.css") + "\n" + resource("report.css");
    Map<String, String> parts =
        Map.of(
            "policy",
            policy(List.of(library, script), style),
            "refresh",
            report.isOngoing() ? refresh() : "",
            "title",
            escaped(report.title()),
            "style",
            style,
            "library",
            library,
            "script",
            script,
            "data",
            json(report));
    return MARK.matcher(resource("report.html"))
        .replaceAll(
            mark -> Matcher.quoteReplacement(Objects.requireNonNull(parts.get(mark.group(1)))));
  }

  /** Nothing may be loaded; what runs is named by its hash. */
  private static String policy(List<String> scripts, String style) {
    return "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src %s; script-src %s"
        .formatted(
            hash(style), scripts.stream().map(ReportPage::hash).collect(Collectors.joining(" ")));
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  private static String refresh() {
    return "<meta http-equiv=\"refresh\" content=\"%d\">".formatted(REFRESH_SECONDS);
  }

  /** No end tag can begin in it: in JSON, {@code <} stands only within strings. */
  private static String json(Report report) {
    try {
      return JSON.writeValueAsString(report).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

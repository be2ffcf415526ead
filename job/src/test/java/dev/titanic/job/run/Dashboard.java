package dev.titanic.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.titanic.job.embedded.EmbeddedFlink;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;

/** What Flink shows of a job over REST, as one text. */
final class Dashboard {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI job;
  private final StringBuilder shown = new StringBuilder();

  private Dashboard(URI job) {
    this.job = job;
  }

  /** Job, settings, failures, accumulators, and names and values of all metrics. */
  static String of(EmbeddedFlink flink, JobID job) throws Exception {
    Dashboard dashboard = new Dashboard(flink.webUrl().resolve("/jobs/" + job));
    dashboard.get("/config");
    dashboard.get("/exceptions");
    dashboard.get("/accumulators?includeSerializedValue=true");
    dashboard.get("/checkpoints");
    for (JsonNode vertex : JSON.readTree(dashboard.get("")).path("vertices")) {
      String path = "/vertices/" + vertex.path("id").asText();
      dashboard.get(path + "/accumulators");
      JsonNode metrics = JSON.readTree(dashboard.get(path + "/metrics"));
      String names =
          StreamSupport.stream(metrics.spliterator(), false)
              .map(metric -> URLEncoder.encode(metric.path("id").asText(), UTF_8))
              .collect(Collectors.joining(","));
      dashboard.get(path + "/metrics?get=" + names);
    }
    return dashboard.shown.toString();
  }

  private String get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(job + path)).build();
    String body = client.send(request, BodyHandlers.ofString()).body();
    shown.append(body).append('\n');
    return body;
  }
}

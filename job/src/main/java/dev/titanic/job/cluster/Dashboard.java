package dev.titanic.job.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Asks a JobManager over REST. */
final class Dashboard {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final URI url;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  Dashboard(int port) {
    this.url = URI.create("http://localhost:" + port + "/");
  }

  URI url() {
    return url;
  }

  /** Resource ids of the registered TaskManagers; none while the JobManager does not answer. */
  Set<String> taskManagers() {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("taskmanagers")).timeout(PATIENCE).build();
    Set<String> ids = new HashSet<>();
    try {
      JsonNode answer =
          new JsonMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
      answer.path("taskmanagers").forEach(each -> ids.add(each.path("id").asText()));
    } catch (IOException e) {
      // It starts, or it is down: in both cases nobody is registered.
      return Set.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ids;
  }
}

package dev.titanic.job.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.FileUpload;
import org.apache.flink.runtime.rest.RestClient;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.util.RestConstants;
import org.apache.flink.runtime.webmonitor.handlers.JarRunHeaders;
import org.apache.flink.runtime.webmonitor.handlers.JarRunMessageParameters;
import org.apache.flink.runtime.webmonitor.handlers.JarRunRequestBody;
import org.apache.flink.runtime.webmonitor.handlers.JarUploadHeaders;

/** Submits the job's jar to a cluster in the ways of its users, and follows what becomes of it. */
final class Session implements AutoCloseable {
  private static final Path JAR = Path.of("target", "titanic.jar").toAbsolutePath();
  private static final Pattern SUBMITTED =
      Pattern.compile("Job has been submitted with JobID ([0-9a-f]{32})");

  private final Path flinkCommand;
  private final URI web;
  private final RestClient rest;
  private final RestClusterClient<String> client;

  private Session(Path flinkCommand, URI web, RestClient rest, RestClusterClient<String> client) {
    this.flinkCommand = flinkCommand;
    this.web = web;
    this.rest = rest;
    this.client = client;
  }

  static Session on(Cluster cluster) throws Exception {
    URI web = cluster.status().web();
    Configuration address = new Configuration();
    address.set(RestOptions.ADDRESS, web.getHost());
    address.set(RestOptions.PORT, web.getPort());
    return new Session(
        cluster.flinkCommand(),
        web,
        new RestClient(address, Runnable::run),
        new RestClusterClient<>(address, "session"));
  }

  /** {@code flink run titanic.jar --config FILE}. */
  JobID runWithCommandLine(Path config) throws Exception {
    Process flink =
        new ProcessBuilder(
                flinkCommand.toString(), "run", JAR.toString(), "--config", config.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(flink.getInputStream().readAllBytes(), UTF_8);
    assertThat(flink.waitFor()).as(output).isZero();
    Matcher submitted = SUBMITTED.matcher(output);
    assertThat(submitted.find()).as(output).isTrue();
    return JobID.fromHexString(submitted.group(1));
  }

  /** What the dashboard's "Submit New Job" does. */
  JobID runOverRest(Path config) throws Exception {
    String uploaded =
        rest.sendRequest(
                web.getHost(),
                web.getPort(),
                JarUploadHeaders.getInstance(),
                EmptyMessageParameters.getInstance(),
                EmptyRequestBody.getInstance(),
                List.of(new FileUpload(JAR, RestConstants.CONTENT_TYPE_JAR)))
            .get(1, TimeUnit.MINUTES)
            .getFilename();
    JarRunMessageParameters jar = JarRunHeaders.getInstance().getUnresolvedMessageParameters();
    jar.jarIdPathParameter.resolve(String.valueOf(Path.of(uploaded).getFileName()));
    return rest.sendRequest(
            web.getHost(),
            web.getPort(),
            JarRunHeaders.getInstance(),
            jar,
            new JarRunRequestBody(
                null,
                List.of("--config", config.toString()),
                null,
                null,
                null,
                null,
                null,
                null,
                null))
        .get(1, TimeUnit.MINUTES)
        .getJobId();
  }

  JobResult result(JobID job) throws Exception {
    return client.requestJobResult(job).get(2, TimeUnit.MINUTES);
  }

  CheckpointingStatistics.Counts checkpoints(JobID job) {
    JobMessageParameters parameters = new JobMessageParameters();
    parameters.jobPathParameter.resolve(job);
    try {
      return rest.sendRequest(
              web.getHost(),
              web.getPort(),
              CheckpointingStatisticsHeaders.getInstance(),
              parameters,
              EmptyRequestBody.getInstance())
          .get(1, TimeUnit.MINUTES)
          .getCounts();
    } catch (Exception e) {
      throw new AssertionError("no checkpoint statistics of " + job, e);
    }
  }

  @Override
  public void close() {
    client.close();
    rest.closeAsync().join();
  }
}

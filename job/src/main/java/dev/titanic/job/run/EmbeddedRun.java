package dev.titanic.job.run;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.TitanicJob;
import dev.titanic.job.TitanicRun;
import dev.titanic.job.TitanicTopology;
import dev.titanic.job.config.ConfigFile;
import dev.titanic.job.config.JobConfig;
import dev.titanic.job.embedded.EmbeddedFlink;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/** A run on a Flink cluster inside this JVM. */
public final class EmbeddedRun implements AutoCloseable {
  private final TitanicRun run;
  private final EmbeddedFlink flink;
  private final JobID job;

  private EmbeddedRun(TitanicRun run, EmbeddedFlink flink, JobID job) {
    this.run = run;
    this.flink = flink;
    this.job = job;
  }

  /**
   * Starts the cluster and submits the job. The topics must exist. The TaskManagers of spares start
   * when the job has its seats: before, Flink might give them the seat of an owner.
   *
   * @param savepoint to go on from; null means from the model directory
   */
  public static EmbeddedRun start(TitanicRun run, @Nullable String savepoint) throws Exception {
    JobConfig config = run.config();
    OutputDirectory output = new OutputDirectory(Path.of(config.output()));
    Files.createDirectories(output.path());
    if (savepoint == null) {
      Files.deleteIfExists(output.progress()); // an earlier run's is not this one's
      Files.deleteIfExists(output.report());
    }
    ConfigFile.write(config, output.configuration());
    Configuration settings =
        EmbeddedFlink.settings(config.stages(), config.seated().size(), output.checkpoints());
    EmbeddedFlink flink = EmbeddedFlink.start(settings, config.seated());
    try {
      JobID job = flink.submit(graph(run, flink, savepoint));
      if (!config.spares().isEmpty() && flink.awaitSeats(job)) {
        for (String spare : config.spares()) {
          flink.startClient(spare);
        }
      }
      return new EmbeddedRun(run, flink, job);
    } catch (Exception e) {
      flink.close();
      throw e;
    }
  }

  private static JobGraph graph(TitanicRun run, EmbeddedFlink flink, @Nullable String savepoint) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flink.configuration());
    TitanicTopology.build(environment, run);
    StreamGraph stream = environment.getStreamGraph();
    stream.setJobName(TitanicJob.name(run));
    JobGraph graph = stream.getJobGraph();
    if (savepoint != null) {
      // State without an operator is another K, which the coordinator refuses in clearer words.
      boolean allowNonRestoredState = true;
      graph.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(savepoint, allowNonRestoredState));
    }
    return graph;
  }

  /** Address of the job in the dashboard. */
  public URI dashboard() {
    return flink.webUrl().resolve("/#/job/running/" + job + "/overview");
  }

  /** The cluster, for what only tests do to it. */
  public EmbeddedFlink flink() {
    return flink;
  }

  public JobID job() {
    return job;
  }

  /** Completes when the job has ended, in whatever way. */
  public CompletableFuture<JobResult> result() {
    return flink.result(job);
  }

  /**
   * Waits until the run is over.
   *
   * @throws FailedRun when it did not finish
   */
  public void await() throws Exception {
    JobResult result = result().get();
    if (!result.isSuccess()) {
      throw FailedRun.of(result);
    }
  }

  /** What the run leaves. */
  public OutputDirectory output() {
    return new OutputDirectory(Path.of(run.config().output()));
  }

  @Override
  public void close() {
    flink.close();
  }
}

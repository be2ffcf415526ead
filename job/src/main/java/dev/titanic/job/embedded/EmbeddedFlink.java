package dev.titanic.job.embedded;

import dev.titanic.job.flink.FlinkSettings;
import dev.titanic.job.flink.NetworkMemory;
import dev.titanic.job.flink.TaskManagerRole;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * Flink inside this JVM, with its dashboard on a free port: one TaskManager for the server and one
 * for each client, as on a real cluster.
 */
public final class EmbeddedFlink implements AutoCloseable {
  /** Network memory of all TaskManagers together; it is taken when they start. */
  private static final long NETWORK_BUDGET = 384L << 20;

  private static final long LOOKS_MILLIS = 50;

  private final ColumnConfiguration configuration;
  private final MiniCluster cluster;

  /** TaskManagers by id; MiniCluster knows them by the order in which they started. */
  private final Map<String, Integer> running = new HashMap<>();

  private int started;

  private EmbeddedFlink(ColumnConfiguration configuration, MiniCluster cluster) {
    this.configuration = configuration;
    this.cluster = cluster;
  }

  /**
   * The project's settings with what an embedded cluster needs, to add to before {@link #start}.
   *
   * @param stages K, partitions beside the owner's
   * @param clients N, those with a seat
   * @param checkpoints directory of checkpoints, made when missing
   * @throws IllegalArgumentException when so many columns do not fit in one JVM
   */
  public static Configuration settings(int stages, int clients, Path checkpoints) {
    Configuration settings = FlinkSettings.load();
    NetworkMemory.fitting(stages, clients, NETWORK_BUDGET / (clients + 1)).configure(settings);
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        checkpoints.toAbsolutePath().toUri().toString());
    return settings;
  }

  /** Starts the cluster, the server's TaskManager and one for every client. */
  public static EmbeddedFlink start(Configuration settings, List<String> clients) throws Exception {
    Configuration withDashboard = new Configuration(settings);
    withDashboard.set(RestOptions.ADDRESS, "localhost");
    withDashboard.set(RestOptions.BIND_ADDRESS, "localhost");
    withDashboard.set(RestOptions.BIND_PORT, "0");
    ColumnConfiguration configuration = new ColumnConfiguration(withDashboard);
    EmbeddedFlink flink = new EmbeddedFlink(configuration, new MiniCluster(configuration));
    try {
      flink.cluster.start();
      flink.start(TaskManagerRole.server());
      for (String client : clients) {
        flink.startClient(client);
      }
      return flink;
    } catch (Exception e) {
      flink.close();
      throw e;
    }
  }

  /** What a job on this cluster is configured with. */
  public Configuration configuration() {
    return new Configuration(cluster.getConfiguration());
  }

  /** Address of the dashboard. */
  public URI webUrl() {
    return cluster.getRestAddress().join();
  }

  /**
   * Starts a client's TaskManager, the first time or again.
   *
   * @throws IllegalStateException when it is running
   */
  public void startClient(String id) throws Exception {
    start(TaskManagerRole.client(id));
  }

  private synchronized void start(TaskManagerRole role) throws Exception {
    if (running.containsKey(role.id())) {
      throw new IllegalStateException("the TaskManager of " + role.id() + " is running");
    }
    configuration.use(role, cluster::startTaskManager);
    running.put(role.id(), started++);
  }

  /**
   * Stops a client's TaskManager; its tasks fail.
   *
   * @throws IllegalStateException when it is not running
   */
  public synchronized CompletableFuture<Void> stopClient(String id) {
    Integer index = running.remove(id);
    if (index == null) {
      throw new IllegalStateException("the TaskManager of " + id + " is not running");
    }
    return cluster.terminateTaskManager(index);
  }

  /** Submits a job and returns when it is accepted, before it runs. */
  public JobID submit(JobGraph job) {
    return cluster.submitJob(job).join().getJobID();
  }

  /**
   * Waits until every task of a job has its place.
   *
   * @return false when the job ends before
   */
  public boolean awaitSeats(JobID job) throws InterruptedException, ExecutionException {
    while (true) {
      AccessExecutionGraph graph = executionGraph(job).get();
      if (graph.getState().isGloballyTerminalState()) {
        return false;
      }
      if (graph.getState() == JobStatus.RUNNING && hasSeats(graph)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(LOOKS_MILLIS);
    }
  }

  private static boolean hasSeats(AccessExecutionGraph graph) {
    for (AccessExecutionVertex subtask : graph.getAllExecutionVertices()) {
      if (subtask.getCurrentAssignedResourceLocation() == null) {
        return false;
      }
    }
    return true;
  }

  public CompletableFuture<JobStatus> status(JobID job) {
    return cluster.getJobStatus(job);
  }

  /** Completes when the job has ended, in whatever way. */
  public CompletableFuture<JobResult> result(JobID job) {
    return cluster.requestJobResult(job);
  }

  /** Completes when the request is accepted; {@link #result} says when the job has ended. */
  public CompletableFuture<?> cancel(JobID job) {
    return cluster.cancelJob(job);
  }

  /** Takes a checkpoint now and returns its path. */
  public CompletableFuture<String> checkpoint(JobID job) {
    return cluster.triggerCheckpoint(job);
  }

  /**
   * Stops the job with a savepoint, without draining its sources.
   *
   * @return path of the savepoint
   */
  public CompletableFuture<String> stopWithSavepoint(JobID job, Path directory) {
    return cluster.stopWithSavepoint(
        job, directory.toAbsolutePath().toUri().toString(), false, SavepointFormatType.CANONICAL);
  }

  /** The job's tasks with their places, attempts, accumulators and checkpoint statistics. */
  public CompletableFuture<? extends AccessExecutionGraph> executionGraph(JobID job) {
    return cluster.getExecutionGraph(job);
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }
}

package dev.titanic.job.cluster;

import dev.titanic.job.cluster.ClusterStatus.Part;
import dev.titanic.job.cluster.ClusterStatus.State;
import dev.titanic.job.embedded.BrokerSettings;
import dev.titanic.job.flink.TaskManagerRole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A Flink session cluster and a Kafka broker on this machine: broker, JobManager, the server's
 * TaskManager and one for each client, all processes that outlive the command that starts them.
 */
public final class Cluster {
  private static final String KAFKA = "kafka";
  private static final String JOB_MANAGER = "jobmanager";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ClusterDirectory directory;
  private final ClusterPlan plan;
  private final ProcessTable processes;
  private final ProcessStarter starter;
  private final ClusterPrograms programs;
  private final Dashboard dashboard;

  private Cluster(ClusterDirectory directory, ClusterPlan plan) {
    this.directory = directory;
    this.plan = plan;
    this.processes = new ProcessTable(directory.processes());
    this.starter = new ProcessStarter(directory, processes);
    this.programs = new ClusterPrograms(directory, plan.configuration(directory));
    this.dashboard = new Dashboard(plan.ports().web());
  }

  /**
   * Starts a cluster and returns when every TaskManager is registered.
   *
   * @throws ClusterException when one runs in the directory, a port is taken, or a process ends;
   *     what was started is stopped
   */
  public static Cluster up(Path root, ClusterRequest request)
      throws IOException, InterruptedException {
    ClusterDirectory directory = new ClusterDirectory(root);
    ClusterPlan previous = ClusterPlan.load(directory).orElse(null);
    if (previous != null && new Cluster(directory, previous).isRunning()) {
      throw new ClusterException("a cluster is already running in " + root);
    }
    Cluster cluster = new Cluster(directory, request.plan(previous));
    cluster.plan.save(directory);
    new ClusterFiles(directory).write(cluster.plan.configuration(directory));
    try {
      cluster.start();
    } catch (ClusterException | IOException | InterruptedException e) {
      cluster.down();
      throw e;
    }
    return cluster;
  }

  /**
   * The cluster of a directory, whether it runs or not.
   *
   * @throws ClusterException when there never was one
   */
  public static Cluster in(Path root) throws IOException {
    ClusterDirectory directory = new ClusterDirectory(root);
    return new Cluster(
        directory,
        ClusterPlan.load(directory)
            .orElseThrow(() -> new ClusterException("there is no cluster in " + root)));
  }

  private void start() throws IOException, InterruptedException {
    BrokerSettings broker = plan.broker(directory);
    broker.format();
    starter.start(KAFKA, programs.broker(KAFKA, broker));
    starter.start(JOB_MANAGER, programs.jobManager(JOB_MANAGER));
    for (TaskManagerRole role : plan.roles()) {
      startTaskManager(role);
    }
    await(KAFKA, () -> Listener.answers(plan.ports().kafka()));
    for (TaskManagerRole role : plan.roles()) {
      awaitRegistration(role.id());
    }
  }

  /**
   * Starts the TaskManager of a spare, or a client's again, under the same client id and another
   * resource id.
   *
   * @throws ClusterException when it runs, is not part of the cluster, or the cluster is down
   */
  public void startClient(String id) throws IOException, InterruptedException {
    if (!plan.allClients().contains(id)) {
      throw new ClusterException(
          "'%s' is not a client of this cluster; its clients are %s"
              .formatted(id, String.join(", ", plan.allClients())));
    }
    if (!processes.isAlive(JOB_MANAGER)) {
      throw new ClusterException("the cluster in " + directory.root() + " is down");
    }
    if (processes.isAlive(id)) {
      throw new ClusterException("the TaskManager of " + id + " is already running");
    }
    startTaskManager(TaskManagerRole.client(id));
    awaitRegistration(id);
  }

  private void startTaskManager(TaskManagerRole role) throws IOException {
    String resourceId = ClusterProcess.resourceId(role.id(), starter.nextIncarnation(role.id()));
    starter.start(role.id(), programs.taskManager(role, resourceId));
  }

  private void awaitRegistration(String id) throws IOException, InterruptedException {
    String resourceId = processes.find(id).orElseThrow().resourceId();
    await(id, () -> dashboard.taskManagers().contains(resourceId));
  }

  private void await(String name, BooleanSupplier ready) throws IOException, InterruptedException {
    ClusterProcess process = processes.find(name).orElseThrow();
    boolean settled = Poll.until(PATIENCE, () -> ready.getAsBoolean() || !process.isAlive());
    if (!process.isAlive()) {
      throw new ClusterException(
          "%s ended while it started: see %s and %s"
              .formatted(name, directory.log(name), directory.output(name)));
    }
    if (!settled) {
      throw new ClusterException(
          "%s is not ready after %d s: see %s"
              .formatted(name, PATIENCE.toSeconds(), directory.log(name)));
    }
  }

  private boolean isRunning() throws IOException {
    for (String name : names()) {
      if (processes.isAlive(name)) {
        return true;
      }
    }
    return false;
  }

  /** What is there now. */
  public ClusterStatus status() throws IOException {
    Set<String> registered = dashboard.taskManagers();
    List<Part> parts = new ArrayList<>();
    for (String name : names()) {
      parts.add(part(name, registered));
    }
    for (String spare : plan.spares()) {
      if (processes.isAlive(spare)) { // one that waits to be started is not missing
        parts.add(part(spare, registered));
      }
    }
    return new ClusterStatus(dashboard.url(), plan.broker(directory).bootstrapServers(), parts);
  }

  private Part part(String name, Set<String> registered) throws IOException {
    ClusterProcess process = processes.find(name).filter(ClusterProcess::isAlive).orElse(null);
    if (process == null) {
      return new Part(name, State.DOWN, 0);
    }
    boolean registers = !name.equals(KAFKA) && !name.equals(JOB_MANAGER);
    boolean absent = registers && !registered.contains(process.resourceId());
    return new Part(name, absent ? State.NOT_REGISTERED : State.UP, process.pid());
  }

  /** Ends every process that this cluster has started, and no other. Data and logs stay. */
  public void down() throws IOException, InterruptedException {
    List<String> lastFirst = new ArrayList<>(names());
    lastFirst.addAll(plan.spares());
    Collections.reverse(lastFirst);
    for (String name : lastFirst) {
      ClusterProcess process = processes.find(name).orElse(null);
      if (process != null) {
        process.stop();
        processes.remove(name);
      }
    }
  }

  /** Ids of the clients whose TaskManagers are to be started when a job has its seats. */
  public List<String> spares() {
    return plan.spares();
  }

  /** Flink's own command line for this cluster. */
  public Path flinkCommand() {
    return directory.flinkCommand();
  }

  private List<String> names() {
    return Stream.concat(
            Stream.of(KAFKA, JOB_MANAGER), plan.roles().stream().map(TaskManagerRole::id))
        .toList();
  }
}

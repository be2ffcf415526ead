package dev.titanic.job.cli;

import dev.titanic.job.cluster.Cluster;
import dev.titanic.job.cluster.ClusterException;
import dev.titanic.job.cluster.ClusterRequest;
import dev.titanic.job.cluster.ClusterStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.MemorySize;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** A real cluster on this machine, from the command line. */
@Command(
    name = "cluster",
    description =
        "A standalone Flink cluster and a Kafka broker as separate processes on this machine,"
            + " one TaskManager per client.")
public final class ClusterCommand {
  @SuppressWarnings("NullAway.Init") // picocli sets it before it calls a method
  @Spec
  private CommandSpec spec;

  @Command(name = "up", description = "Starts the cluster, or one client of a cluster that runs.")
  int up(@Mixin Location location, @Mixin UpOptions options) {
    return report(
        () -> {
          if (options.client != null) {
            Cluster.in(location.directory).startClient(options.client);
            out().println(options.client + " is there");
            return true;
          }
          Cluster cluster = Cluster.up(location.directory, options.request());
          print(cluster.status());
          printWhatNext(cluster, location.directory);
          return true;
        });
  }

  @Command(
      name = "down",
      description = "Stops the cluster's processes; data, checkpoints and logs stay.")
  int down(@Mixin Location location) {
    return report(
        () -> {
          Cluster.in(location.directory).down();
          out().println("the cluster in " + location.directory + " is down");
          return true;
        });
  }

  @Command(name = "status", description = "Shows every process; exits 1 when one is missing.")
  int status(@Mixin Location location) {
    return report(
        () -> {
          ClusterStatus status = Cluster.in(location.directory).status();
          print(status);
          return status.isComplete();
        });
  }

  private void print(ClusterStatus status) {
    for (ClusterStatus.Part part : status.parts()) {
      String state = part.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      out().printf("%-16s %-15s %s%n", part.name(), state, part.pid() == 0 ? "" : part.pid());
    }
    out().printf("%-16s %s%n", "dashboard", status.web());
    out().printf("%-16s %s%n", "Kafka", status.kafka());
  }

  private void printWhatNext(Cluster cluster, Path directory) {
    Path flink = Path.of("").toAbsolutePath().relativize(cluster.flinkCommand());
    out().println();
    out().println("run a job:  " + flink + " run job/target/titanic.jar --config CONFIG.yaml");
    if (!cluster.spares().isEmpty()) {
      out()
          .println(
              "then:       ./titanic cluster up --client "
                  + String.join("|", cluster.spares())
                  + " --directory "
                  + directory);
    }
    out().println("stop:       ./titanic cluster down --directory " + directory);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private int report(Action action) {
    try {
      return action.run() ? 0 : 1;
    } catch (ClusterException | IOException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private interface Action {
    boolean run() throws IOException, InterruptedException;
  }

  /** Which cluster. */
  static final class Location {
    @Option(
        names = "--directory",
        paramLabel = "DIR",
        description = "Where the cluster keeps its files (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(".titanic", "cluster");
  }

  /** What a new cluster is to be. */
  static final class UpOptions {
    @Option(
        names = "--clients",
        paramLabel = "ID",
        split = ",",
        description = "Ids of the clients (default: ${DEFAULT-VALUE}).")
    private List<String> clients = List.of("alice", "bob", "carol");

    @Option(
        names = "--spares",
        paramLabel = "ID",
        split = ",",
        description =
            "Ids of clients that take a lost client's place; start them with --client when a job"
                + " runs.")
    private List<String> spares = List.of();

    @Option(
        names = "--client",
        paramLabel = "ID",
        description =
            "Starts the TaskManager of this client of a running cluster: a spare's, or one that was"
                + " lost.")
    private @Nullable String client;

    @Option(
        names = "--stages",
        paramLabel = "K",
        description = "Largest number of stages of the jobs to come (default: ${DEFAULT-VALUE}).")
    private int stages = 8;

    @Option(
        names = "--network-memory",
        paramLabel = "SIZE",
        converter = MemoryConverter.class,
        description = "Network memory that a TaskManager may take (default: ${DEFAULT-VALUE}).")
    private MemorySize networkMemory = MemorySize.ofMebiBytes(256);

    @Option(
        names = "--web-port",
        paramLabel = "PORT",
        description = "Of the dashboard (default: a free one).")
    private @Nullable Integer webPort;

    @Option(
        names = "--kafka-port",
        paramLabel = "PORT",
        description = "Of the broker (default: a free one).")
    private @Nullable Integer kafkaPort;

    ClusterRequest request() {
      return new ClusterRequest(
          clients, spares, stages, networkMemory.getBytes(), webPort, kafkaPort);
    }
  }

  /** Sizes as Flink writes them. */
  static final class MemoryConverter implements ITypeConverter<MemorySize> {
    @Override
    public MemorySize convert(String value) {
      try {
        return MemorySize.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + value + "'; valid: a size such as 256m");
      }
    }
  }
}

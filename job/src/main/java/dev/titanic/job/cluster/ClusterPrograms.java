package dev.titanic.job.cluster;

import dev.titanic.column.ClientIdentity;
import dev.titanic.job.embedded.BrokerSettings;
import dev.titanic.job.flink.TaskManagerRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kafka.Kafka;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * The command lines of a cluster: what the shell scripts of a Flink distribution compute, by the
 * same code of Flink.
 */
final class ClusterPrograms {
  private static final String BROKER_HEAP = "-Xmx512m";
  private static final String CLIENT_HEAP = "-Xmx512m";

  private final ClusterDirectory directory;
  private final Configuration configuration;

  ClusterPrograms(ClusterDirectory directory, Configuration configuration) {
    this.directory = directory;
    this.configuration = configuration;
  }

  JavaCommand broker(String name, BrokerSettings settings) {
    return new JavaCommand(
        options(name, BROKER_HEAP),
        ClassPath.whole(),
        Kafka.class.getName(),
        List.of(settings.propertiesFile().toString()));
  }

  JavaCommand jobManager(String name) {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    return flink(
        options(name, JobManagerProcessUtils.generateJvmParametersStr(memory, configuration)),
        StandaloneSessionClusterEntrypoint.class,
        words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
  }

  JavaCommand taskManager(TaskManagerRole role, String resourceId) {
    Configuration own = new Configuration(configuration);
    role.configure(own);
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(own);
    List<String> arguments =
        new ArrayList<>(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
    arguments.addAll(property(ClientIdentity.ID_KEY, role.id()));
    arguments.addAll(property(TaskManagerOptions.TASK_MANAGER_RESOURCE_ID.key(), resourceId));
    return flink(
        options(role.id(), ProcessMemoryUtils.generateJvmParametersStr(memory)),
        TaskManagerRunner.class,
        arguments);
  }

  /** Flink's own command line; its arguments follow. */
  JavaCommand commandLine() {
    return new JavaCommand(
        options("flink", CLIENT_HEAP), ClassPath.cluster(), CliFrontend.class.getName(), List.of());
  }

  private JavaCommand flink(List<String> options, Class<?> main, List<String> arguments) {
    List<String> all = new ArrayList<>();
    all.add("--configDir");
    all.add(directory.configuration().toString());
    all.addAll(arguments);
    return new JavaCommand(options, ClassPath.cluster(), main.getName(), all);
  }

  private List<String> options(String name, String memory) {
    Path logging = directory.loggingConfiguration();
    return Stream.of(
            words(memory),
            words(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)),
            List.of(
                "-Dlog.file=" + directory.log(name),
                "-Dlog4j.configurationFile=" + logging.toUri()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> property(String key, String value) {
    return List.of("-D", key + "=" + value);
  }

  private static List<String> words(String line) {
    return List.of(line.strip().split("\\s+"));
  }
}

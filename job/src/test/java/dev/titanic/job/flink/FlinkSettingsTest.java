package dev.titanic.job.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;

final class FlinkSettingsTest {
  private final Configuration settings = FlinkSettings.load();

  @Test
  void scheduleByResourceProfileWithOneSlotPerTaskManager() {
    assertThat(settings.get(JobManagerOptions.SCHEDULER))
        .isEqualTo(JobManagerOptions.SchedulerType.Default);
    assertThat(settings.get(TaskManagerOptions.NUM_TASK_SLOTS)).isEqualTo(1);
  }

  @Test
  void letNoRecordWaitAndNoneThroughKryo() {
    assertThat(settings.get(ExecutionOptions.BUFFER_TIMEOUT)).isZero();
    assertThat(settings.get(PipelineOptions.GENERIC_TYPES)).isFalse();
  }

  @Test
  void takeAlignedCheckpointsAndRecoverLocally() {
    assertThat(settings.get(CheckpointingOptions.ENABLE_UNALIGNED)).isFalse();
    assertThat(settings.get(CheckpointingOptions.LOCAL_BACKUP_ENABLED)).isTrue();
    assertThat(settings.get(StateRecoveryOptions.LOCAL_RECOVERY)).isTrue();
  }

  @Test
  void memoryIsReadAsFlinkReadsIt() {
    assertThat(settings.get(TaskManagerOptions.TASK_HEAP_MEMORY))
        .isEqualTo(MemorySize.ofMebiBytes(2048));
    assertThat(settings.get(TaskManagerOptions.MANAGED_MEMORY_SIZE)).isEqualTo(MemorySize.ZERO);
  }

  /** The tests run with the list in the root pom. */
  @Test
  void openTheSameModulesAsTheBuild() {
    List<String> opened =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-opens"))
            .toList();

    assertThat(settings.get(CoreOptions.FLINK_JVM_OPTIONS).split(" "))
        .containsExactlyInAnyOrderElementsOf(opened);
  }
}

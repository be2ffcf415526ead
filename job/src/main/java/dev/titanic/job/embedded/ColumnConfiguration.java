package dev.titanic.job.embedded;

import dev.titanic.job.flink.TaskManagerRole;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.UnmodifiableConfiguration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * A MiniCluster's configuration that differs from TaskManager to TaskManager.
 *
 * <p>MiniCluster has one configuration and reads it again for each TaskManager that it starts, so
 * that is when a role is added.
 */
final class ColumnConfiguration extends MiniClusterConfiguration {
  private volatile @Nullable UnmodifiableConfiguration withRole;

  ColumnConfiguration(Configuration configuration) {
    super(
        configuration, 0, RpcServiceSharing.SHARED, null, MiniCluster.HaServices.CONFIGURED, null);
  }

  /** Runs the start of a TaskManager that is to have the role. */
  synchronized void use(TaskManagerRole role, ThrowingRunnable<Exception> start) throws Exception {
    Configuration configuration = new Configuration(super.getConfiguration());
    role.configure(configuration);
    withRole = new UnmodifiableConfiguration(configuration);
    try {
      start.run();
    } finally {
      withRole = null;
    }
  }

  @Override
  public UnmodifiableConfiguration getConfiguration() {
    UnmodifiableConfiguration current = withRole;
    return current == null ? super.getConfiguration() : current;
  }
}

package dev.titanic.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.feedback.FeedbackChannels;
import dev.titanic.feedback.FeedbackTailFactory;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.serialization.RecordType;
import java.time.Duration;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("try") // Flink declares that closing a cluster may throw anything
@Timeout(120)
final class FeedbackEdgeITCase {
  private static final int COLUMNS = 2;
  private static final int FAILURES = 20;
  private static final long SEED = 42;

  @Test
  void everyRoundIsCommittedOnceThroughFailuresAndTheJobEndsByItself() throws Exception {
    InjectedFailures.reset(FAILURES, SEED);
    try (MiniCluster cluster = new MiniCluster(clusterConfiguration())) {
      cluster.start();
      JobGraph job = loop();

      JobExecutionResult result = cluster.executeJobBlocking(job);

      long rounds = result.<Long>getAccumulatorResult("rounds");
      assertThat(rounds).isPositive();
      for (int column = 0; column < COLUMNS; column++) {
        assertThat(result.<Long>getAccumulatorResult("committed-" + column)).isEqualTo(rounds);
      }
      assertThat(result.<Long>getAccumulatorResult("final-checkpoints"))
          .isGreaterThanOrEqualTo(COLUMNS);
      assertThat(
              cluster
                  .getExecutionGraph(job.getJobID())
                  .get()
                  .getCheckpointStatsSnapshot()
                  .getCounts()
                  .getNumberOfRestoredCheckpoints())
          .isGreaterThanOrEqualTo(FAILURES);
    }
    assertThat(FeedbackChannels.openChannels()).isZero();
  }

  private static MiniClusterConfiguration clusterConfiguration() {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    return new MiniClusterConfiguration.Builder()
        .setConfiguration(configuration)
        .setNumTaskManagers(COLUMNS + 1)
        .setNumSlotsPerTaskManager(1)
        .build();
  }

  private static JobGraph loop() {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(jobConfiguration());
    environment.setParallelism(COLUMNS);
    environment.setBufferTimeout(0);

    SingleOutputStreamOperator<Long> source =
        environment
            .fromSource(
                new StoppableSource<>(new NumberSequenceSource(1, 1), Types.LONG),
                WatermarkStrategy.noWatermarks(),
                "source")
            .setParallelism(1);
    SingleOutputStreamOperator<Packet> root =
        source.transform("root", RecordType.PACKET, rootFactory()).setParallelism(1);
    SingleOutputStreamOperator<Packet> column =
        toColumns(root).transform("column", RecordType.PACKET, columnFactory());
    SingleOutputStreamOperator<Void> clientTail =
        toColumns(root.getSideOutput(LoopRoot.FEEDBACK))
            .transform("feedback", Types.VOID, FeedbackTailFactory.client(0));
    SingleOutputStreamOperator<Void> serverTail =
        toColumns(column)
            .transform("feedback-server", Types.VOID, FeedbackTailFactory.server())
            .setParallelism(1);

    place(source, "server");
    place(root, "server");
    place(serverTail, "server");
    place(column, "client");
    place(clientTail, "client");
    return environment.getStreamGraph().getJobGraph();
  }

  private static LoopOperatorFactory<Long> rootFactory() {
    return new LoopOperatorFactory<>(
        LoopRoot.class, ChainingStrategy.ALWAYS, parameters -> new LoopRoot(parameters, COLUMNS));
  }

  private static LoopOperatorFactory<Packet> columnFactory() {
    return new LoopOperatorFactory<>(LoopColumn.class, ChainingStrategy.NEVER, LoopColumn::new);
  }

  private static DataStream<Packet> toColumns(DataStream<Packet> packets) {
    return packets.partitionCustom((column, columns) -> column, packet -> packet.to().column());
  }

  private static void place(SingleOutputStreamOperator<?> operator, String group) {
    operator.slotSharingGroup(group);
    operator.getTransformation().setCoLocationGroupKey(group);
  }

  private static Configuration jobConfiguration() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(10));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
    return configuration;
  }
}

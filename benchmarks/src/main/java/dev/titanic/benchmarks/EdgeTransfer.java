package dev.titanic.benchmarks;

import dev.titanic.feedback.FeedbackTailFactory;
import dev.titanic.job.embedded.EmbeddedFlink;
import dev.titanic.job.flink.TaskManagerRole;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.serialization.RecordType;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Sends tensors from the server's TaskManager to a client's: either over Flink's forward edge, or
 * over the feedback edge, that is through its tail and the receiver's mailbox.
 */
final class EdgeTransfer implements Contender {
  private static final SlotSharingGroup SENDING = group("sending", TaskManagerRole.SERVER_RESOURCE);
  private static final SlotSharingGroup RECEIVING =
      group("receiving", TaskManagerRole.CLIENT_RESOURCE);

  private final EmbeddedFlink flink;
  private final boolean feedback;
  private final int warmUp;
  private final int tensors;

  /**
   * @param warmUp tensors that are not measured
   * @param tensors that are measured
   */
  EdgeTransfer(EmbeddedFlink flink, boolean feedback, int warmUp, int tensors) {
    this.flink = flink;
    this.feedback = feedback;
    this.warmUp = warmUp;
    this.tensors = tensors;
  }

  private static SlotSharingGroup group(String name, String resource) {
    return SlotSharingGroup.newBuilder(name)
        .setCpuCores(0.1)
        .setTaskHeapMemoryMB(32)
        .setTaskOffHeapMemoryMB(0)
        .setManagedMemoryMB(0)
        .setExternalResource(resource, 1)
        .build();
  }

  @Override
  public String name() {
    return feedback ? "feedback edge" : "forward edge";
  }

  @Override
  public Cost measure() throws Exception {
    JobExecutionResult result =
        flink.result(flink.submit(graph())).get().toJobExecutionResult(getClass().getClassLoader());
    return new Cost(
        result.<Double>getAccumulatorResult(TensorReceiver.CPU_SECONDS),
        result.<Double>getAccumulatorResult(TensorReceiver.WALL_SECONDS),
        result.<Double>getAccumulatorResult(TensorReceiver.COMPILER_SECONDS),
        tensors);
  }

  private JobGraph graph() {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(flink.configuration());
    environment.setParallelism(1);
    environment.setBufferTimeout(0); // as the job has it
    environment.getConfig().enableObjectReuse();
    SingleOutputStreamOperator<Packet> packets =
        environment
            .fromSource(
                new NumberSequenceSource(1, (long) warmUp + tensors),
                WatermarkStrategy.noWatermarks(),
                "numbers")
            .slotSharingGroup(SENDING)
            .flatMap(new TensorFrames())
            .returns(RecordType.PACKET)
            .slotSharingGroup(SENDING);
    if (feedback) {
      sendBack(packets);
    } else {
      receive(packets.forward());
    }
    return environment.getStreamGraph().getJobGraph();
  }

  private void sendBack(DataStream<Packet> packets) {
    SingleOutputStreamOperator<Void> tail =
        packets
            .partitionCustom((column, columns) -> column, packet -> packet.to().column())
            .transform("feedback", Types.VOID, FeedbackTailFactory.client(0))
            .slotSharingGroup(RECEIVING);
    tail.getTransformation().setCoLocationGroupKey("column");
    receive(packets.filter(packet -> false).slotSharingGroup(SENDING));
  }

  private void receive(DataStream<Packet> input) {
    SingleOutputStreamOperator<Void> receiver =
        input
            .transform("receiver", Types.VOID, new TensorReceiverFactory(warmUp, tensors))
            .slotSharingGroup(RECEIVING);
    receiver.getTransformation().setCoLocationGroupKey("column");
  }
}

package dev.titanic.benchmarks;

import dev.titanic.edge.FrameAssembly;
import dev.titanic.feedback.FeedbackHead;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.api.common.accumulators.DoubleCounter;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Takes tensors from its input and from the feedback edge, and says what they have cost. */
final class TensorReceiver extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<Packet, Void>, BoundedOneInput {
  static final String CPU_SECONDS = "cpu-seconds";
  static final String COMPILER_SECONDS = "compiler-seconds";
  static final String WALL_SECONDS = "wall-seconds";

  private static final long serialVersionUID = 1L;

  private final int warmUp;
  private final int tensors;
  private final transient MailboxExecutor mailbox;
  private final transient FrameAssembly assembly = new FrameAssembly();
  private transient @Nullable FeedbackHead feedback;
  private transient @Nullable Stopwatch stopwatch;
  private int received;

  /**
   * @param warmUp tensors that are not measured
   * @param tensors that are measured
   */
  TensorReceiver(StreamOperatorParameters<Void> parameters, int warmUp, int tensors) {
    super(parameters);
    this.warmUp = warmUp;
    this.tensors = tensors;
    this.mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void open() throws Exception {
    super.open();
    feedback = FeedbackHead.open(getRuntimeContext(), Address.OWNER, mailbox, this::receive);
  }

  @Override
  public void processElement(StreamRecord<Packet> element) {
    receive(element.getValue());
  }

  private void receive(Packet packet) {
    assembly.add(packet).ifPresent(whole -> count());
  }

  private void count() {
    received++;
    if (received == warmUp) {
      stopwatch = Stopwatch.start();
    }
    if (received == warmUp + tensors && stopwatch != null) {
      Cost cost = stopwatch.read(tensors);
      getRuntimeContext().addAccumulator(CPU_SECONDS, new DoubleCounter(cost.cpuSeconds()));
      getRuntimeContext()
          .addAccumulator(COMPILER_SECONDS, new DoubleCounter(cost.compilerSeconds()));
      getRuntimeContext().addAccumulator(WALL_SECONDS, new DoubleCounter(cost.wallSeconds()));
    }
  }

  /** What comes over the feedback edge does not count as input. */
  @Override
  public void endInput() throws Exception {
    while (received < warmUp + tensors) {
      mailbox.yield();
    }
  }

  @Override
  public void finish() throws Exception {
    super.finish();
    if (feedback != null) {
      feedback.finished();
    }
  }

  @Override
  public void close() throws Exception {
    if (feedback != null) {
      feedback.close();
    }
    super.close();
  }
}

package dev.titanic.benchmarks;

import dev.titanic.edge.FrameSender;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Packet;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.edge.Transaction;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Sends the same tensor of 1 MB, in frames as the job has them, for every number it gets. */
final class TensorFrames implements FlatMapFunction<Long, Packet> {
  static final Address RECEIVER = new Address(Address.OWNER, 0);

  private static final long serialVersionUID = 1L;
  private static final TensorSpec SPEC = TensorSpec.of(ElementType.FLOAT32, 4, 256, 256);
  private static final List<TensorData> FRAMES =
      TensorData.of(SPEC, new byte[Math.toIntExact(SPEC.bytes())])
          .frames(FrameSender.DEFAULT_FRAME_BYTES);

  @Override
  public void flatMap(Long number, Collector<Packet> out) {
    Transaction transaction = new Transaction(number, 0, Route.of(0));
    for (TensorData frame : FRAMES) {
      out.collect(
          new Packet(
              Address.coordinator(), RECEIVER, new Activation(transaction, 0, 0, 1, true, frame)));
    }
  }
}

package dev.titanic.stage;

import dev.titanic.column.CellOperator;
import dev.titanic.column.ClientIdentity;
import dev.titanic.column.ModelLoading;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.protocol.Outbox;
import dev.titanic.protocol.PartitionProtocol;
import dev.titanic.protocol.StageProtocol;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Stage k on one client: active while it holds partition k. */
final class StageOperator extends CellOperator {
  private final ModelLoading loading;

  StageOperator(
      StreamOperatorParameters<Packet> parameters,
      int stageIndex,
      int stages,
      ModelLoading loading) {
    super(parameters, stageIndex, stages);
    this.loading = loading;
  }

  @Override
  protected PartitionProtocol protocol(
      Address self, ClientIdentity client, ComputeDevice device, Outbox outbox) {
    return new StageProtocol(self, loading.loader(device), outbox);
  }
}

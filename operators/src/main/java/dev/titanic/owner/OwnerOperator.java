package dev.titanic.owner;

import dev.titanic.column.CellOperator;
import dev.titanic.column.ClientIdentity;
import dev.titanic.column.ModelLoading;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.protocol.Outbox;
import dev.titanic.protocol.OwnerProtocol;
import dev.titanic.protocol.PartitionProtocol;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** A data owner on one client: active while it holds the first partition and the head. */
final class OwnerOperator extends CellOperator {
  private final ModelLoading loading;
  private final OwnerDataSource data;

  OwnerOperator(
      StreamOperatorParameters<Packet> parameters,
      int stages,
      ModelLoading loading,
      OwnerDataSource data) {
    super(parameters, Address.OWNER, stages);
    this.loading = loading;
    this.data = data;
  }

  @Override
  protected PartitionProtocol protocol(
      Address self, ClientIdentity client, ComputeDevice device, Outbox outbox) {
    return new OwnerProtocol(self, loading.loader(device), () -> data.open(client), outbox);
  }
}

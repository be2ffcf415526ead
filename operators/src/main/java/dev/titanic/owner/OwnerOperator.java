package dev.titanic.owner;

import dev.titanic.column.CellOperator;
import dev.titanic.column.ClientIdentity;
import dev.titanic.column.PartitionLoading;
import dev.titanic.protocol.Outbox;
import dev.titanic.protocol.OwnerProtocol;
import dev.titanic.protocol.PartitionProtocol;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** A data owner on one client: active while it holds the first partition and the head. */
final class OwnerOperator extends CellOperator {
  private final PartitionLoading loading;
  private final DataOpening data;

  OwnerOperator(
      StreamOperatorParameters<Packet> parameters,
      int stages,
      PartitionLoading loading,
      DataOpening data) {
    super(parameters, Address.OWNER, stages);
    this.loading = loading;
    this.data = data;
  }

  @Override
  protected PartitionProtocol protocol(Address self, ClientIdentity client, Outbox outbox) {
    return new OwnerProtocol(self, loading.open(), () -> data.open(client), outbox);
  }
}

package dev.titanic.owner;

import dev.titanic.column.CellOperator;
import dev.titanic.column.ClientIdentity;
import dev.titanic.column.ModelLoading;
import dev.titanic.nn.ComputeDevice;
import dev.titanic.protocol.Outbox;
import dev.titanic.protocol.OwnerProtocol;
import dev.titanic.protocol.PartitionProtocol;
import dev.titanic.protocol.masks.MaskingKey;
import dev.titanic.schemas.edge.Address;
import dev.titanic.schemas.edge.Packet;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.jspecify.annotations.Nullable;

/**
 * A data owner on one client: active while it holds the first partition and the head. In every
 * column it also says what its client offers.
 */
final class OwnerOperator extends CellOperator {
  private final ModelLoading loading;
  private final OwnerDataSource data;
  private final @Nullable ProfileSettings profiles;
  private final boolean masks;

  private transient @Nullable ProfileBeacon beacon;

  OwnerOperator(
      StreamOperatorParameters<Packet> parameters,
      int stages,
      ModelLoading loading,
      OwnerDataSource data,
      @Nullable ProfileSettings profiles,
      boolean masks) {
    super(parameters, Address.OWNER, stages);
    this.loading = loading;
    this.data = data;
    this.profiles = profiles;
    this.masks = masks;
  }

  @Override
  protected PartitionProtocol protocol(
      Address self, ClientIdentity client, ComputeDevice device, Outbox outbox) {
    if (profiles != null) {
      beacon = ProfileBeacon.start(client, device, profiles);
    }
    return new OwnerProtocol(
        self,
        loading.loader(device),
        () -> data.open(client),
        masks ? MaskingKey.generate() : null,
        outbox);
  }

  @Override
  public void close() throws Exception {
    if (beacon != null) {
      beacon.close();
    }
    super.close();
  }
}

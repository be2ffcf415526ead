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
import java.time.Duration;
import java.util.Map;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Stage k on one client: active while it holds partition k. */
final class StageOperator extends CellOperator {
  private final ModelLoading loading;
  private final Map<String, Duration> delays;

  StageOperator(
      StreamOperatorParameters<Packet> parameters,
      int stageIndex,
      int stages,
      ModelLoading loading,
      Map<String, Duration> delays) {
    super(parameters, stageIndex, stages);
    this.loading = loading;
    this.delays = delays;
  }

  @Override
  protected PartitionProtocol protocol(
      Address self, ClientIdentity client, ComputeDevice device, Outbox outbox) {
    return new StageProtocol(self, loading.loader(device), outbox);
  }

  @Override
  protected Duration delay(ClientIdentity client) {
    return delays.getOrDefault(client.id(), Duration.ZERO);
  }
}

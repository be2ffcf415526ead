package dev.titanic.schemas.serialization;

import dev.titanic.schemas.state.PartitionState;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Format: {@link PartitionStateFormat}. */
public final class PartitionStateSerializer extends RecordSerializer<PartitionState> {
  public static final PartitionStateSerializer INSTANCE = new PartitionStateSerializer();

  @Override
  int version() {
    return PartitionStateFormat.VERSION;
  }

  @Override
  void write(PartitionState state, DataOutputView target) throws IOException {
    PartitionStateFormat.write(state, target);
  }

  @Override
  PartitionState read(int version, DataInputView source) throws IOException {
    return PartitionStateFormat.read(version, source);
  }

  @Override
  public TypeSerializerSnapshot<PartitionState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Made by Flink when it restores. */
  public static final class Snapshot extends RecordSnapshot<PartitionState> {
    public Snapshot() {
      super(INSTANCE);
    }
  }
}

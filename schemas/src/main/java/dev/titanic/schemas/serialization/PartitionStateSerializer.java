package dev.titanic.schemas.serialization;

import dev.titanic.schemas.state.PartitionState;
import dev.titanic.schemas.state.PartitionState.Parameter;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Format: partition, version, optimizer steps, hash of the base, parameters (name, value, moments).
 *
 * <p>Tensors are streamed: neither writing nor reading holds a second copy of one.
 */
public final class PartitionStateSerializer extends RecordSerializer<PartitionState> {
  public static final PartitionStateSerializer INSTANCE = new PartitionStateSerializer();

  @Override
  int version() {
    return 1;
  }

  @Override
  void write(PartitionState state, DataOutputView target) throws IOException {
    target.writeInt(state.partition());
    target.writeLong(state.version());
    target.writeLong(state.optimizerSteps());
    Strings.write(state.base(), target);
    Lists.write(state.tensors(), target, PartitionStateSerializer::writeParameter);
  }

  @Override
  PartitionState read(int version, DataInputView source) throws IOException {
    return new PartitionState(
        source.readInt(),
        source.readLong(),
        source.readLong(),
        Strings.read(source),
        Lists.read(source, PartitionStateSerializer::readParameter));
  }

  private static void writeParameter(Parameter parameter, DataOutputView target)
      throws IOException {
    Strings.write(parameter.name(), target);
    Tensors.write(parameter.value(), target);
    Tensors.write(parameter.firstMoment(), target);
    Tensors.write(parameter.secondMoment(), target);
  }

  private static Parameter readParameter(DataInputView source) throws IOException {
    return new Parameter(
        Strings.read(source), Tensors.read(source), Tensors.read(source), Tensors.read(source));
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

package dev.titanic.schemas.serialization;

import dev.titanic.schemas.state.PartitionState;
import dev.titanic.schemas.state.PartitionState.Parameter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A partition's state as bytes, in a checkpoint and on the move to another client: partition, whose
 * copy (from version 2 on), version, optimizer steps, hash of the base, parameters (name, value,
 * moments).
 *
 * <p>Tensors are streamed: neither writing nor reading holds a second copy of one.
 */
public final class PartitionStateFormat {
  static final int VERSION = 2;

  private PartitionStateFormat() {}

  public static void write(PartitionState state, DataOutput target) throws IOException {
    target.writeInt(state.partition());
    Strings.write(state.copyOf(), target);
    target.writeLong(state.version());
    target.writeLong(state.optimizerSteps());
    Strings.write(state.base(), target);
    Lists.write(state.tensors(), target, PartitionStateFormat::writeParameter);
  }

  /** Reads what this build writes. */
  public static PartitionState read(DataInput source) throws IOException {
    return read(VERSION, source);
  }

  static PartitionState read(int version, DataInput source) throws IOException {
    return new PartitionState(
        source.readInt(),
        version < 2 ? PartitionState.ONLY_COPY : Strings.read(source),
        source.readLong(),
        source.readLong(),
        Strings.read(source),
        Lists.read(source, PartitionStateFormat::readParameter));
  }

  private static void writeParameter(Parameter parameter, DataOutput target) throws IOException {
    Strings.write(parameter.name(), target);
    Tensors.write(parameter.value(), target);
    Tensors.write(parameter.firstMoment(), target);
    Tensors.write(parameter.secondMoment(), target);
  }

  private static Parameter readParameter(DataInput source) throws IOException {
    return new Parameter(
        Strings.read(source), Tensors.read(source), Tensors.read(source), Tensors.read(source));
  }
}

package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.StreamPosition;
import dev.titanic.schemas.state.Orders;
import dev.titanic.schemas.state.Round;
import dev.titanic.schemas.state.RunState;
import dev.titanic.schemas.state.Turn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Format: step, turn (number, steps; from version 5 on), next transaction, epoch (from version 2
 * on), hosts, positions (owner, position; from version 3 on with window and passes, from version 7
 * on with what is given of them), evaluated step, skipped, skipped in a row, rejected, exported,
 * orders (from version 4 on), round (from version 6 on: targets, sequences and micro-batches of
 * each owner, aggregated step).
 */
public final class RunStateSerializer extends RecordSerializer<RunState> {
  public static final RunStateSerializer INSTANCE = new RunStateSerializer();

  @Override
  int version() {
    return 7;
  }

  @Override
  void write(RunState state, DataOutputView target) throws IOException {
    target.writeLong(state.step());
    target.writeLong(state.turn().number());
    target.writeLong(state.turn().steps());
    target.writeLong(state.nextTransaction());
    target.writeLong(state.epoch());
    Lists.write(state.hosts(), target, Strings::write);
    Lists.write(
        List.copyOf(state.positions().entrySet()), target, RunStateSerializer::writePosition);
    target.writeLong(state.evaluatedStep());
    target.writeLong(state.skipped());
    target.writeInt(state.skippedInARow());
    target.writeLong(state.rejected());
    target.writeBoolean(state.exported());
    writeOrders(state.orders(), target);
    writeCounts(state.round().targets(), target);
    writeCounts(state.round().amounts(), target);
    writeCounts(state.round().drawn(), target);
    target.writeLong(state.round().aggregatedStep());
  }

  @Override
  RunState read(int version, DataInputView source) throws IOException {
    long step = source.readLong();
    return new RunState(
        step,
        version < 5 ? new Turn(0, step) : new Turn(source.readLong(), source.readLong()),
        source.readLong(),
        version < 2 ? 0 : source.readLong(),
        Lists.read(source, Strings::read),
        Lists.read(source, from -> readPosition(version, from)).stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        source.readLong(),
        source.readLong(),
        source.readInt(),
        source.readLong(),
        source.readBoolean(),
        version < 4 ? Orders.NONE : readOrders(source),
        version < 6
            ? Round.FRESH
            : new Round(
                readCounts(source), readCounts(source), readCounts(source), source.readLong()));
  }

  private static void writeCounts(Map<String, Long> counts, DataOutput target) throws IOException {
    Lists.write(
        List.copyOf(counts.entrySet()),
        target,
        (count, out) -> {
          Strings.write(count.getKey(), out);
          out.writeLong(count.getValue());
        });
  }

  private static Map<String, Long> readCounts(DataInput source) throws IOException {
    return Lists.read(source, in -> Map.entry(Strings.read(in), in.readLong())).stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static void writePosition(Map.Entry<String, StreamPosition> entry, DataOutput target)
      throws IOException {
    Strings.write(entry.getKey(), target);
    StreamPositions.write(entry.getValue(), target);
  }

  private static Map.Entry<String, StreamPosition> readPosition(int version, DataInput source)
      throws IOException {
    String owner = Strings.read(source);
    if (version < 3) {
      return Map.entry(owner, StreamPositions.readCursors(source));
    }
    return Map.entry(
        owner, version < 7 ? StreamPositions.readUncounted(source) : StreamPositions.read(source));
  }

  private static void writeOrders(Orders orders, DataOutput target) throws IOException {
    target.writeBoolean(orders.paused());
    target.writeBoolean(orders.stopping());
    target.writeBoolean(orders.export());
    Lists.write(orders.stageHosts(), target, Strings::write);
  }

  private static Orders readOrders(DataInput source) throws IOException {
    return new Orders(
        source.readBoolean(),
        source.readBoolean(),
        source.readBoolean(),
        Lists.read(source, Strings::read));
  }

  @Override
  public TypeSerializerSnapshot<RunState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Made by Flink when it restores. */
  public static final class Snapshot extends RecordSnapshot<RunState> {
    public Snapshot() {
      super(INSTANCE);
    }
  }
}

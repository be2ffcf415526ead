package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.Work;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Format: forward, backward and elapsed nanos, tensor bytes, round trips, residences. */
final class Works {
  private Works() {}

  static void write(Work work, DataOutput target) throws IOException {
    target.writeLong(work.forwardNanos());
    target.writeLong(work.backwardNanos());
    target.writeLong(work.elapsedNanos());
    target.writeLong(work.tensorBytes());
    Lists.write(work.roundTripNanos(), target, (nanos, out) -> out.writeLong(nanos));
    Lists.write(work.residenceNanos(), target, (nanos, out) -> out.writeLong(nanos));
  }

  static Work read(DataInput source) throws IOException {
    return new Work(
        source.readLong(),
        source.readLong(),
        source.readLong(),
        source.readLong(),
        Lists.read(source, DataInput::readLong),
        Lists.read(source, DataInput::readLong));
  }
}

package dev.titanic.schemas.serialization;

import dev.titanic.schemas.edge.HostedWork;
import dev.titanic.schemas.edge.Work;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Format: forward, backward and elapsed nanos, tensor bytes, round trips, residences. What is
 * hosted has partition, client and micro-batches before.
 */
final class Works {
  private Works() {}

  static void write(Work work, DataOutput target) throws IOException {
    target.writeLong(work.forwardNanos());
    target.writeLong(work.backwardNanos());
    target.writeLong(work.elapsedNanos());
    target.writeLong(work.tensorBytes());
    writeNanos(work.roundTripNanos(), target);
    writeNanos(work.residenceNanos(), target);
  }

  static Work read(DataInput source) throws IOException {
    return new Work(
        source.readLong(),
        source.readLong(),
        source.readLong(),
        source.readLong(),
        readNanos(source),
        readNanos(source));
  }

  static void writeHosted(HostedWork hosted, DataOutput target) throws IOException {
    target.writeInt(hosted.partition());
    Strings.write(hosted.client(), target);
    target.writeInt(hosted.microBatches());
    write(hosted.work(), target);
  }

  static HostedWork readHosted(DataInput source) throws IOException {
    return new HostedWork(source.readInt(), Strings.read(source), source.readInt(), read(source));
  }

  private static void writeNanos(Map<Integer, Long> nanos, DataOutput target) throws IOException {
    Lists.write(
        List.copyOf(nanos.entrySet()),
        target,
        (entry, out) -> {
          out.writeInt(entry.getKey());
          out.writeLong(entry.getValue());
        });
  }

  private static Map<Integer, Long> readNanos(DataInput source) throws IOException {
    Map<Integer, Long> nanos = new TreeMap<>();
    for (Map.Entry<Integer, Long> entry :
        Lists.read(source, in -> Map.entry(in.readInt(), in.readLong()))) {
      nanos.put(entry.getKey(), entry.getValue());
    }
    return nanos;
  }
}

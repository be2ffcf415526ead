package dev.titanic.job;

import dev.titanic.job.flink.TaskManagerRole;
import org.apache.flink.api.common.operators.SlotSharingGroup;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Where operators run: on the server's TaskManager, or as a column on a client's.
 *
 * <p>An external resource in the slot's profile keeps the two apart. Every operator must be in one
 * of the two groups: one that were left in the default group would take a client's slot.
 */
final class Placed {
  private static final SlotSharingGroup SERVER = group("server", TaskManagerRole.SERVER_RESOURCE);
  private static final SlotSharingGroup CLIENT = group("client", TaskManagerRole.CLIENT_RESOURCE);

  /** What a slot asks for; small, for a TaskManager has only one, which takes all it has. */
  private static final double CPU_CORES = 0.1;

  private static final int HEAP_MEGABYTES = 32;

  private Placed() {}

  private static SlotSharingGroup group(String name, String resource) {
    return SlotSharingGroup.newBuilder(name)
        .setCpuCores(CPU_CORES)
        .setTaskHeapMemoryMB(HEAP_MEGABYTES)
        .setTaskOffHeapMemoryMB(0)
        .setManagedMemoryMB(0)
        .setExternalResource(resource, 1)
        .build();
  }

  static <T> SingleOutputStreamOperator<T> onServer(
      SingleOutputStreamOperator<T> operator, String uid) {
    return operator.setParallelism(1).uid(uid).slotSharingGroup(SERVER);
  }

  static void onServer(DataStreamSink<?> sink, String uid) {
    sink.name(uid).setParallelism(1).uid(uid).slotSharingGroup(SERVER);
  }

  /** Co-located with the coordinator: they hand over records inside a JVM. */
  static <T> SingleOutputStreamOperator<T> besideCoordinator(
      SingleOutputStreamOperator<T> operator, String uid) {
    operator.getTransformation().setCoLocationGroupKey("coordinator");
    return onServer(operator, uid);
  }

  /** One subtask in every client's column; a column shares a slot. */
  static <T> SingleOutputStreamOperator<T> inColumns(
      SingleOutputStreamOperator<T> operator, String uid, int columns) {
    operator.getTransformation().setCoLocationGroupKey("column");
    return operator.setParallelism(columns).uid(uid).slotSharingGroup(CLIENT);
  }
}

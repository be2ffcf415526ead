package dev.titanic.feedback;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * Where a tail and a head of its column meet, within one JVM.
 *
 * @param job several jobs of one session share a TaskManager
 * @param row several operators of one column have a head each
 * @param allocation the slot: an in-JVM cluster has many in one JVM, and only what shares a slot is
 *     co-located on a real cluster too
 * @param subtask the column; a server and a client that share a slot are still told apart
 * @param attempt a restart begins with empty channels while the tasks of the attempt before may
 *     still be closing
 */
record ChannelKey(JobID job, int row, String allocation, int subtask, int attempt) {

  static ChannelKey of(RuntimeContext context, int row) {
    TaskInfo task = context.getTaskInfo();
    return new ChannelKey(
        context.getJobInfo().getJobId(),
        row,
        task.getAllocationIDAsString(),
        task.getIndexOfThisSubtask(),
        task.getAttemptNumber());
  }

  @Override
  public String toString() {
    return "row %d, column %d, attempt %d".formatted(row, subtask, attempt);
  }
}

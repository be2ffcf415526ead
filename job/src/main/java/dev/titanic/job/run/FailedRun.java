package dev.titanic.job.run;

import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.util.SerializedThrowable;

/** A run that ended otherwise than it should; the message is one line, for users. */
public final class FailedRun extends Exception {
  private static final long serialVersionUID = 1L;

  private FailedRun(String message, Throwable cause) {
    super(message, cause);
  }

  static FailedRun of(JobResult result) {
    Throwable failure =
        result
            .getSerializedThrowable()
            .map(FailedRun::deserialized)
            .orElseGet(() -> new IllegalStateException("the job was cancelled"));
    return new FailedRun(Reason.of(failure), failure);
  }

  private static Throwable deserialized(SerializedThrowable failure) {
    return failure.deserializeError(FailedRun.class.getClassLoader());
  }
}

package dev.titanic.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.titanic.schemas.edge.ElementType;
import dev.titanic.schemas.edge.Message;
import dev.titanic.schemas.edge.Message.Activation;
import dev.titanic.schemas.edge.Message.Commit;
import dev.titanic.schemas.edge.Message.Gradient;
import dev.titanic.schemas.edge.Route;
import dev.titanic.schemas.edge.TensorData;
import dev.titanic.schemas.edge.TensorSpec;
import dev.titanic.schemas.edge.Transaction;
import dev.titanic.schemas.edge.Work;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorkMeterTest {
  private static final long MILLI = 1_000_000;
  private static final Transaction STEP = new Transaction(7, 3, Route.of(0, 1));
  private static final Transaction NEXT = new Transaction(8, 4, Route.of(0, 1));
  private static final int BYTES = 48;

  private long now = 1_000 * MILLI;
  private final WorkMeter meter = new WorkMeter(() -> now);

  @Test
  void aStepIsWhatPassedBetweenItsFirstMessageAndTheCommit() {
    pass(5);
    take(activation(STEP, 0), 10, activation(STEP, 0));
    pass(20);
    mail(gradient(STEP, 0), 0, 30, gradient(STEP, 0));
    pass(4);
    mail(new Commit(STEP, 1, 1), 0, 3);

    Work work = meter.workOf(STEP);

    assertThat(work.forwardNanos()).isEqualTo(10 * MILLI);
    assertThat(work.backwardNanos()).isEqualTo(30 * MILLI);
    assertThat(work.elapsedNanos()).isEqualTo((10 + 20 + 30 + 4 + 3) * MILLI);
    assertThat(work.tensorBytes()).isEqualTo(2 * BYTES);
    assertThat(work.roundTripNanos()).containsExactly(entry(0, 20 * MILLI));
    assertThat(work.residenceNanos()).containsExactly(entry(0, (10 + 20 + 30) * MILLI));
  }

  @Test
  void aMailThatWaitsHasArrived() {
    pass(5);
    take(activation(STEP, 0), 10, activation(STEP, 0));
    pass(1);
    take(activation(STEP, 1), 10, activation(STEP, 1));
    mail(gradient(STEP, 0), 7, 1, gradient(STEP, 0));

    assertThat(meter.workOf(STEP).roundTripNanos()).containsExactly(entry(0, 4 * MILLI));
  }

  @Test
  void aRecordThatMayHaveWaitedSaysNothingAboutTheLink() {
    pass(5);
    take(activation(STEP, 0), 10, activation(STEP, 0));
    take(activation(STEP, 1), 10, activation(STEP, 1));
    take(gradient(STEP, 0), 10, gradient(STEP, 0));
    pass(5);
    take(gradient(STEP, 1), 10, gradient(STEP, 1));

    Work work = meter.workOf(STEP);

    assertThat(work.residenceNanos()).containsExactly(entry(0, 30 * MILLI));
    assertThat(work.roundTripNanos()).containsExactly(entry(1, 15 * MILLI));
  }

  @Test
  void theNextStepBeginsAnew() {
    pass(5);
    take(activation(STEP, 0), 10, activation(STEP, 0));
    pass(5);
    take(activation(NEXT, 0), 2, activation(NEXT, 0));

    assertThat(meter.workOf(STEP)).isEqualTo(Work.NONE);
    assertThat(meter.workOf(NEXT).forwardNanos()).isEqualTo(2 * MILLI);
    assertThat(meter.workOf(NEXT).tensorBytes()).isEqualTo(BYTES);
    assertThat(meter.forwardNanos()).isEqualTo(12 * MILLI);
    assertThat(meter.tensorBytes()).isEqualTo(2 * BYTES);
  }

  @Test
  void evaluationsHaveNoWayBack() {
    Activation evaluated = new Activation(STEP, 0, 0, 1, false, tensor());
    pass(5);
    take(evaluated, 10, evaluated);

    assertThat(meter.workOf(STEP).roundTripNanos()).isEmpty();
    assertThat(meter.workOf(STEP).residenceNanos()).isEmpty();
  }

  private void take(Message message, long millis, Message... results) {
    meter.taken(message);
    serve(message, millis, results);
  }

  private void mail(Message message, long waited, long millis, Message... results) {
    meter.mailed(message, now - waited * MILLI);
    serve(message, millis, results);
  }

  private void serve(Message message, long millis, Message... results) {
    meter.serve(
        message,
        () -> {
          pass(millis);
          List.of(results)
              .forEach(
                  result -> {
                    meter.leaves(result);
                    meter.sent(result);
                  });
        });
  }

  private void pass(long millis) {
    now += millis * MILLI;
  }

  private static Activation activation(Transaction transaction, int microBatch) {
    return new Activation(transaction, 0, microBatch, 2, true, tensor());
  }

  private static Gradient gradient(Transaction transaction, int microBatch) {
    return new Gradient(transaction, 0, microBatch, 2, tensor(), null);
  }

  private static TensorData tensor() {
    return TensorData.of(TensorSpec.of(ElementType.FLOAT32, BYTES / Float.BYTES), new byte[BYTES]);
  }
}

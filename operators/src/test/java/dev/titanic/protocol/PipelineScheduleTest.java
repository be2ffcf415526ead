package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PipelineScheduleTest {

  @Test
  void printsAsAGrid() {
    assertThat(PipelineSchedule.of(2, 4))
        .hasToString(
            """
            owner    F0 F1 F2 H0 H1 .  B0 B1 H2 F3 .  B2 .  H3 .  .  B3
            stage-1  .  F0 F1 F2 .  B0 B1 .  .  .  B2 F3 .  .  .  B3 .
            stage-2  .  .  F0 F1 B0 B1 F2 .  .  B2 .  .  F3 .  B3 .  .""");
  }

  @Test
  void withoutStagesEveryMicroBatchIsFinishedBeforeTheNext() {
    assertThat(PipelineSchedule.of(0, 2)).hasToString("owner    F0 H0 B0 F1 H1 B1");
  }

  @Test
  void neverHoldsMoreThanTheWindow() {
    for (int stages = 0; stages <= 8; stages++) {
      for (int microBatches = 1; microBatches <= 12; microBatches++) {
        PipelineSchedule schedule = PipelineSchedule.of(stages, microBatches);
        for (int row = 0; row <= stages; row++) {
          assertThat(schedule.peakInFlight(row))
              .isBetween(1, Math.min(microBatches, PipelineSchedule.window(stages)));
        }
      }
    }
  }

  @Test
  void everyPartitionGoesForwardAndBackwardOnceForEachMicroBatchInOrder() {
    PipelineSchedule schedule = PipelineSchedule.of(3, 6);
    for (int row = 0; row <= 3; row++) {
      for (PipelineSchedule.Work work :
          new PipelineSchedule.Work[] {
            PipelineSchedule.Work.FORWARD, PipelineSchedule.Work.BACKWARD
          }) {
        assertThat(
                schedule.row(row).stream()
                    .filter(instruction -> instruction.work() == work)
                    .map(PipelineSchedule.Instruction::microBatch))
            .containsExactlyElementsOf(IntStream.range(0, 6).boxed().toList());
      }
    }
  }
}

package dev.titanic.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StopSignalTest {

  @Test
  void theOperatorTakesWhatTheReaderOfItsThreadLeft() {
    StopSignal left = StopSignal.leave();

    StopSignal taken = StopSignal.take();
    taken.stop();

    assertThat(left.stopped()).isCompleted();
  }

  @Test
  void anOperatorThatIsNotChainedToTheSourceFindsNoSignal() {
    assertThatThrownBy(StopSignal::take)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the coordinator must be chained to a stoppable source");
  }
}

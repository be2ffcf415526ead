package dev.titanic.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

final class LatestValueTest {

  @Test
  void travelsAsTheValueThatItHasThen() throws Exception {
    AtomicLong step = new AtomicLong(3);
    LatestValue<Long> value = new LatestValue<>(step::get);

    LatestValue<Long> reported = InstantiationUtil.clone(value);
    step.set(4);

    assertThat(reported.getLocalValue()).isEqualTo(3);
    assertThat(value.getLocalValue()).isEqualTo(4);
    assertThat(InstantiationUtil.clone(reported).getLocalValue()).isEqualTo(3);
  }
}

package dev.titanic.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class InOrderTest {
  private final InOrder<String> order = new InOrder<>();

  @Test
  void holdsBackWhatIsEarly() {
    order.add(1, "b");
    assertThat(order.poll()).isNull();

    order.add(0, "a");

    assertThat(order.poll()).isEqualTo("a");
    assertThat(order.poll()).isEqualTo("b");
    assertThat(order.poll()).isNull();
    assertThat(order.isEmpty()).isTrue();
  }

  @Test
  void refusesAnIndexThatWasHere() {
    order.add(0, "a");
    assertThatThrownBy(() -> order.add(0, "a")).isInstanceOf(ProtocolException.class);
    order.poll();
    assertThatThrownBy(() -> order.add(0, "a")).isInstanceOf(ProtocolException.class);
  }
}

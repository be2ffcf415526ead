package dev.titanic.job.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RunConfigurationTest {

  @Test
  void readsWhatThePageNames() {
    String text =
        """
        model: {path: /models/base}
        stages: 2
        clients:
        - {id: alice, topic: titanic.data.alice}
        - {id: bob, data: true}
        - {id: carol, data: false}
        training: {mode: sequential, lora: {rank: 8}}
        """;

    RunConfiguration configuration = RunConfiguration.of(text);

    assertThat(configuration.text()).isEqualTo(text);
    assertThat(configuration.modelName()).isEqualTo("base");
    assertThat(configuration.mode()).isEqualTo("sequential");
    assertThat(configuration.stages()).isEqualTo(2);
    assertThat(configuration.clients()).containsExactly("alice", "bob", "carol");
    assertThat(configuration.owners()).containsExactly("alice", "bob");
    assertThat(configuration.adapters()).isEqualTo(8);
  }

  @Test
  void leavesBlankWhatIsNotThere() {
    for (String text : new String[] {"", "a: [", "- 1", "just text"}) {
      RunConfiguration configuration = RunConfiguration.of(text);

      assertThat(configuration.text()).isEqualTo(text);
      assertThat(configuration.mode()).isEmpty();
      assertThat(configuration.clients()).isEmpty();
      assertThat(configuration.adapters()).isZero();
    }
  }
}

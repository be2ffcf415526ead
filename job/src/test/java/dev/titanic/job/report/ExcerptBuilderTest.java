package dev.titanic.job.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExcerptBuilderTest {
  private final ExcerptBuilder<Integer> builder = new ExcerptBuilder<>();

  @Test
  void isEmptyWithoutRows() {
    assertThat(builder.build().rows()).isEmpty();
  }

  @Test
  void keepsTheFirstRowAndTheLatest() {
    int last = ExcerptBuilder.LATEST + 40;
    IntStream.rangeClosed(0, last).forEach(builder::add);

    Excerpt<Integer> excerpt = builder.build();
    assertThat(excerpt.rows())
        .startsWith(0, 41, 42)
        .endsWith(last)
        .hasSize(ExcerptBuilder.LATEST + 1);
    assertThat(excerpt.omitted()).isEqualTo(40);
  }
}

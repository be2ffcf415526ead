package dev.titanic.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.protocol.TokenBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluationTextTest {
  private final Tokenizer tokenizer = TestTokenizer.load();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void cutsTheTextAndDropsTheRest() throws IOException {
    EvaluationText text = text("abcdefghijk", 4, 100);

    List<TokenBatch> batches = text.microBatches(0, 100, 8);

    assertThat(batches).hasSize(1);
    assertThat(batches.get(0).inputs()).containsExactly('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    assertThat(batches.get(0).targetCount()).isEqualTo(6);
  }

  @Test
  void handsOutPiecesInMicroBatches() throws IOException {
    EvaluationText text = text("aabbccddee", 2, 100);

    assertThat(text.microBatches(1, 3, 2))
        .extracting(TokenBatch::inputs)
        .containsExactly(new long[] {'b', 'b', 'c', 'c'}, new long[] {'d', 'd'});
    assertThat(text.microBatches(4, Integer.MAX_VALUE, 2)).hasSize(1);
    assertThat(text.microBatches(5, 3, 2)).isEmpty();
    assertThat(text.microBatches(50, 3, 2)).isEmpty();
  }

  @Test
  void stopsAtTheMaximum() throws IOException {
    assertThat(text("aabbccddee", 2, 3).microBatches(0, 100, 1)).hasSize(3);
  }

  @Test
  void aTextOfLessThanOneSequenceIsAnError() throws IOException {
    EvaluationText text = text("abc", 4, 100);

    assertThatThrownBy(() -> text.microBatches(0, 1, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has 3 tokens, fewer than one sequence of 4");
  }

  @Test
  void aFileThatIsNoTextIsAnError() throws IOException {
    Path file = Files.write(folder.resolve("binary.txt"), new byte[] {(byte) 0xFF, 0, 1, 2});

    assertThatThrownBy(() -> new EvaluationText(file, tokenizer, 2, 1).microBatches(0, 1, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("binary.txt is not UTF-8");
    assertThatThrownBy(
            () ->
                new EvaluationText(folder.resolve("none.txt"), tokenizer, 2, 1)
                    .microBatches(0, 1, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none.txt cannot be read");
  }

  private EvaluationText text(String text, int sequenceLength, int maximum) throws IOException {
    return new EvaluationText(
        Files.writeString(folder.resolve("test.txt"), text), tokenizer, sequenceLength, maximum);
  }
}

package dev.titanic.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titanic.protocol.TokenBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A public text on which a model is evaluated: one document, cut into sequences of equal length,
 * the rest dropped. Encoded when it is first needed.
 */
public final class EvaluationText {
  private final Path file;
  private final Tokenizer tokenizer;
  private final int sequenceLength;
  private final int maximumSequences;
  private @Nullable List<int[]> sequences;

  /**
   * @param tokenizer stays its owner's; must be open while the text is first used
   * @param sequenceLength T tokens, so T - 1 targets
   * @param maximumSequences what is behind them is not used
   */
  public EvaluationText(Path file, Tokenizer tokenizer, int sequenceLength, int maximumSequences) {
    if (sequenceLength < 2 || maximumSequences < 1) {
      throw new IllegalArgumentException(
          maximumSequences + " sequences of " + sequenceLength + " tokens");
    }
    this.file = file;
    this.tokenizer = tokenizer;
    this.sequenceLength = sequenceLength;
    this.maximumSequences = maximumSequences;
  }

  /**
   * Reads the text now, instead of when it is first needed.
   *
   * @throws DataException when the file cannot be read, is not UTF-8 or is shorter than a sequence
   */
  public void load() {
    sequences();
  }

  /**
   * Micro-batches over at most {@code count} sequences from {@code first} on; fewer, or none, at
   * the text's end.
   *
   * @throws DataException when the file cannot be read, is not UTF-8 or is shorter than a sequence
   */
  public List<TokenBatch> microBatches(int first, int count, int microBatchSize) {
    List<int[]> all = sequences();
    int from = Math.min(first, all.size());
    int to = (int) Math.min((long) from + count, all.size());
    return MicroBatches.of(all.subList(from, to), microBatchSize);
  }

  private List<int[]> sequences() {
    if (sequences == null) {
      sequences = cut(tokenizer.encode(read()));
    }
    return sequences;
  }

  private List<int[]> cut(int[] tokens) {
    if (tokens.length < sequenceLength) {
      throw new DataException(
          "evaluation text %s has %d tokens, fewer than one sequence of %d; use a longer text or shorter sequences"
              .formatted(file, tokens.length, sequenceLength));
    }
    int count = Math.min(tokens.length / sequenceLength, maximumSequences);
    List<int[]> cut = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      cut.add(Arrays.copyOfRange(tokens, i * sequenceLength, (i + 1) * sequenceLength));
    }
    return cut;
  }

  private String read() {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
    } catch (CharacterCodingException e) {
      throw new DataException("evaluation text " + file + " is not UTF-8", e);
    } catch (IOException e) {
      throw new DataException("evaluation text " + file + " cannot be read", e);
    }
  }
}

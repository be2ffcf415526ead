package dev.titanic.job.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titanic.data.DataException;
import dev.titanic.data.Tokenizer;
import dev.titanic.job.config.JobConfig;
import dev.titanic.nn.ModelDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** How much every way trains on: a guess from the size of files, for a display of progress. */
public final class TrainingAmount {
  /** Of the evaluation text, to see how many bytes a token has. */
  private static final int SAMPLE_BYTES = 1 << 16;

  private TrainingAmount() {}

  /** Tokens, each counted as often as it is trained on; empty when there is nothing to go by. */
  public static OptionalLong tokens(JobConfig config, List<Path> files) {
    String text = config.evaluation().text();
    BigDecimal passes = config.training().turns().passes();
    if (files.isEmpty() || text == null || passes == null) {
      return OptionalLong.empty();
    }
    try (Tokenizer tokenizer =
        Tokenizer.load(ModelDirectory.tokenizer(Path.of(config.model().path())))) {
      double bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      return OptionalLong.of(
          Math.round(passes.doubleValue() * bytes / bytesPerToken(tokenizer, Path.of(text))));
    } catch (IOException | DataException e) {
      return OptionalLong.empty(); // who trains will say what is wrong
    }
  }

  private static double bytesPerToken(Tokenizer tokenizer, Path text) throws IOException {
    try (InputStream in = Files.newInputStream(text)) {
      byte[] sample = in.readNBytes(SAMPLE_BYTES);
      int tokens = tokenizer.encode(new String(sample, UTF_8)).length;
      return (double) Math.max(1, sample.length) / Math.max(1, tokens);
    }
  }
}

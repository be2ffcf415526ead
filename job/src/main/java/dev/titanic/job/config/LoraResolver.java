package dev.titanic.job.config;

import static java.util.Objects.requireNonNullElse;

import dev.titanic.nn.AdapterDirectory;
import dev.titanic.nn.Lora;
import dev.titanic.nn.ModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings of adapters: those of the file over those of a PEFT directory, or over defaults. */
final class LoraResolver {
  private static final Lora DEFAULTS = new Lora(8, 16, 0, List.of(), false, null);

  private final Path file;
  private final Values values;
  private final Problems problems;

  /**
   * @param file in whose directory relative paths start
   */
  LoraResolver(Path file, Values values, Problems problems) {
    this.file = file;
    this.values = values;
    this.problems = problems;
  }

  /** Null for full fine-tuning. */
  @Nullable Lora lora() {
    if (!values.isWritten(Section.LORA)) {
      return null;
    }
    String initial = values.find(Options.LORA_INITIAL);
    Lora base = initial == null ? DEFAULTS : settings(initial);
    if (base == null) {
      return null;
    }
    Names targets = values.find(Options.LORA_TARGETS);
    return new Lora(
        requireNonNullElse(values.find(Options.LORA_RANK), base.rank()),
        requireNonNullElse(values.find(Options.LORA_ALPHA), base.alpha()),
        requireNonNullElse(values.find(Options.LORA_DROPOUT), base.dropout()),
        targets == null ? base.targets() : targets.all(),
        requireNonNullElse(values.find(Options.LORA_RSLORA), base.rslora()),
        base.initial());
  }

  /** Settings of a PEFT directory; null, with a problem noted, when it cannot be used. */
  private @Nullable Lora settings(String initial) {
    Path directory = file.toAbsolutePath().resolveSibling(initial).normalize();
    try {
      Lora settings = AdapterDirectory.open(directory).settings();
      requireSame(Options.LORA_RANK, settings.rank());
      requireSame(Options.LORA_ALPHA, settings.alpha());
      requireSame(Options.LORA_RSLORA, settings.rslora());
      Names targets = values.find(Options.LORA_TARGETS);
      if (targets != null && !Set.copyOf(targets.all()).equals(Set.copyOf(settings.targets()))) {
        differs(Options.LORA_TARGETS, targets.all(), settings.targets());
      }
      return settings;
    } catch (ModelException e) {
      problem(Options.LORA_INITIAL, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private <T> void requireSame(Option<T> option, T initial) {
    T written = values.find(option);
    if (written != null && !written.equals(initial)) {
      differs(option, written, initial);
    }
  }

  private void differs(Option<?> option, Object written, Object initial) {
    problem(
        option,
        "%s is not that of initial; valid: %s, or leave it out".formatted(written, initial));
  }

  private void problem(Option<?> option, String what) {
    problems.add(values.location(option.key()), option.key() + ": " + what);
  }
}

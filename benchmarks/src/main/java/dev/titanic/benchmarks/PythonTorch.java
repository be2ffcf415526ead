package dev.titanic.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.titanic.nn.ComputeType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The same steps by PyTorch and transformers, in a Python of the user's choice. */
final class PythonTorch implements Contender {
  private final String name;
  private final Path model;
  private final ComputeType type;
  private final Workload workload;

  PythonTorch(String name, Path model, ComputeType type, Workload workload) {
    this.name = name;
    this.model = model;
    this.type = type;
    this.workload = workload;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Cost measure() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(
          "PYTHON: %s: use a Python with torch and transformers".formatted(command().get(0)));
    }
    String[] seconds = printed.split(" ", -1);
    return new Cost(
        Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]), 0, workload.tokens());
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(System.getenv().getOrDefault("PYTHON", "python3"));
    command.add(System.getProperty("titanic.benchmark.python"));
    command.add(model.toString());
    command.add(type.name().toLowerCase(Locale.ROOT));
    for (int number :
        List.of(
            workload.warmUp(),
            workload.steps(),
            Workload.MICRO_BATCHES,
            Workload.MICRO_BATCH_SIZE,
            Workload.SEQUENCE_LENGTH)) {
      command.add(Integer.toString(number));
    }
    return command;
  }
}

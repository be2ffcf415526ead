package dev.titanic.job.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.schemas.kafka.OwnerShare;
import dev.titanic.schemas.kafka.ProgressRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletedRunTest {
  @TempDir private Path directory;

  @Test
  void readsLossesAndTime() throws IOException {
    CompletedRun run = CompletedRun.read(run("run", 2.25, "weights"));

    assertThat(run.losses()).containsExactly(3.5, 2.25);
    assertThat(run.lossOfBase()).isEqualTo(4);
    assertThat(run.loss()).isEqualTo(2);
    assertThat(run.seconds()).isEqualTo(12.5);
  }

  @Test
  void isTheSameOnlyWithEveryLossAndEveryWeight() throws IOException {
    CompletedRun run = CompletedRun.read(run("run", 2.25, "weights"));

    assertThat(run.isSameAs(CompletedRun.read(run("same", 2.25, "weights")))).isTrue();
    assertThat(run.isSameAs(CompletedRun.read(run("loss", Math.nextUp(2.25), "weights"))))
        .isFalse();
    assertThat(run.isSameAs(CompletedRun.read(run("weights", 2.25, "weighty")))).isFalse();
  }

  private OutputDirectory run(String name, double loss, String weights) throws IOException {
    OutputDirectory output = new OutputDirectory(directory.resolve(name));
    Files.createDirectories(output.model());
    Files.writeString(output.model().resolve("model.safetensors"), weights);
    Files.writeString(
        output.progress(),
        Stream.of(
                new ProgressRecord.Evaluation(0, "base", 4, Math.exp(4)),
                step(1, 3.5),
                step(2, loss),
                new ProgressRecord.Evaluation(2, "turn 1 of alice", 2, Math.exp(2)),
                new ProgressRecord.End(2, ProgressRecord.End.Reason.FINISHED, 12.5))
            .map(record -> new String(record.toJson(), StandardCharsets.UTF_8) + "\n")
            .collect(Collectors.joining()));
    return output;
  }

  private static ProgressRecord step(long step, double loss) {
    List<OwnerShare> owners = List.of(new OwnerShare("alice", loss, 15, 16, 1));
    return new ProgressRecord.Step(step, loss, 15, 16, owners, 1, 1e-3, 1, 16, 0, 0, List.of());
  }
}

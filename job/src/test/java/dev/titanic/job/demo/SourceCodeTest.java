package dev.titanic.job.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceCodeTest {
  @TempDir private Path directory;

  @Test
  void holdsOutEveryTenthFileInTheOrderOfNames() throws IOException {
    List<String> names = IntStream.range(0, 21).mapToObj("F%02d"::formatted).toList();

    SourceCode code = SourceCode.ofJar(jar(names.stream().map(name -> name + ".java").toList()));

    assertThat(code.heldOut()).containsExactly("// F00.java\n", "// F10.java\n", "// F20.java\n");
    assertThat(code.training()).hasSize(18).doesNotContainAnyElementsOf(code.heldOut());
  }

  @Test
  void leavesOutWhatIsNoCode() throws IOException {
    SourceCode code =
        SourceCode.ofJar(jar(List.of("META-INF/LICENSE", "package-info.java", "A.java", "B.java")));

    assertThat(code.heldOut()).containsExactly("// A.java\n");
    assertThat(code.training()).containsExactly("// B.java\n");
  }

  @Test
  void cutsOnlyTheLicenceOff() {
    assertThat(SourceCode.withoutLicence("/*\n * Licence\n */\npackage a;\n/** Doc. */\n"))
        .isEqualTo("package a;\n/** Doc. */\n");
    assertThat(SourceCode.withoutLicence("package a; /* kept */\n"))
        .isEqualTo("package a; /* kept */\n");
  }

  @Test
  void shufflesTheSameWayForTheSameSeed() {
    List<String> files = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
    SourceCode code = new SourceCode(files, files);

    assertThat(code.shuffled(1)).isEqualTo(code.shuffled(1)).isNotEqualTo(code.shuffled(2));
    assertThat(code.shuffled(1).training()).containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  void writesDocumentsAndTheHeldOutText() throws IOException {
    SourceCode code = new SourceCode(List.of("first\n", "\"ü\"\n"), List.of("a\n", "b\n"));

    code.writeTraining(directory.resolve("training.jsonl"));
    code.writeHeldOut(directory.resolve("held-out.txt"));

    List<String> lines = Files.readAllLines(directory.resolve("training.jsonl"));
    assertThat(lines).hasSize(2);
    assertThat(new JsonMapper().readTree(lines.get(1)).path("text").asText()).isEqualTo("\"ü\"\n");
    assertThat(directory.resolve("held-out.txt")).hasContent("a\n\nb\n");
  }

  /** Every file says its own name. */
  private Path jar(List<String> names) throws IOException {
    Path jar = directory.resolve("sources.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String name : names.stream().sorted(Comparator.reverseOrder()).toList()) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(("/* Licence */\n// " + name).getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }
}

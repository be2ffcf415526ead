package dev.titanic.job.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentFileTest {
  @TempDir private Path directory;

  @Test
  void aTextIsOneDocument() throws IOException {
    assertThat(records("a.txt", false, "one \"line\"\n{two}\n"))
        .containsExactly("{\"text\":\"one \\\"line\\\"\\n{two}\\n\"}");
  }

  @Test
  void everyLineOfATextIsADocumentWhenAskedFor() throws IOException {
    assertThat(records("a.txt", true, "one\n\n  \ntwo"))
        .containsExactly("{\"text\":\"one\"}", "{\"text\":\"two\"}");
  }

  @Test
  void recordsGoAsTheyAre() throws IOException {
    assertThat(records("a.jsonl", false, "{\"tokens\":[1,2]}\n\n{\"text\":\"é\"}\n"))
        .containsExactly("{\"tokens\":[1,2]}", "{\"text\":\"é\"}");
  }

  @Test
  void anEmptyTextIsNoDocument() throws IOException {
    assertThat(records("a.txt", false, " \n")).isEmpty();
  }

  @Test
  void otherNamesAreRefused() {
    assertThat(DocumentFile.of(Path.of("a.csv"), false)).isEmpty();
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWithoutShowingThem() throws IOException {
    Path file = Files.write(directory.resolve("a.txt"), new byte[] {'a', (byte) 0xff});

    assertThatThrownBy(() -> DocumentFile.of(file, false).orElseThrow().forEachRecord(value -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is not UTF-8; valid: a text file in UTF-8");
  }

  private List<String> records(String name, boolean lines, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    List<String> records = new ArrayList<>();
    DocumentFile.of(file, lines)
        .orElseThrow()
        .forEachRecord(value -> records.add(new String(value, StandardCharsets.UTF_8)));
    return records;
  }
}

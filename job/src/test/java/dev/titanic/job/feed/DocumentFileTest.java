package dev.titanic.job.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titanic.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentFileTest {
  @TempDir private Path folder;

  @Test
  void aTextIsOneDocument() throws IOException {
    assertThat(documents("a.txt", "one\n\ntwo\n", false)).containsExactly("one\n\ntwo\n");
  }

  @Test
  void aTextMayBeOneDocumentALine() throws IOException {
    assertThat(documents("a.txt", "one\n \n{two}\r\nthree €", true))
        .containsExactly("one", "{two}", "three €");
  }

  @Test
  void aTextThatWouldReadAsJsonIsWrapped() throws IOException {
    assertThat(documents("a.txt", "{\"a\": 1}", false))
        .containsExactly("{\"text\":\"{\\\"a\\\": 1}\"}");
  }

  @Test
  void jsonLinesStayAsTheyAre() throws IOException {
    assertThat(documents("a.jsonl", "{\"tokens\": [1]}\n\n{\"bad\n", false))
        .containsExactly("{\"tokens\": [1]}", "{\"bad");
  }

  @Test
  void otherFilesAreErrorsWithAName() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.csv"), "a");
    Path binary = Files.write(folder.resolve("b.txt"), new byte[] {(byte) 0xFF});

    assertThatThrownBy(() -> DocumentFile.of(csv, true))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a.csv is no file of documents; valid is .txt or .jsonl");
    assertThatThrownBy(() -> DocumentFile.of(folder.resolve("none.txt"), true))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none.txt is not a file that can be read");
    assertThatThrownBy(() -> DocumentFile.of(binary, true).forEach(value -> {}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("b.txt is not UTF-8");
  }

  @Test
  void aLineThatIsNoRecordIsKnownBeforeAnythingIsSent() throws IOException {
    Path bad =
        Files.writeString(
            folder.resolve("bad.jsonl"), "{\"tokens\": [99999]}\n\n{\"text\": \"secret\n");
    Path plain = Files.writeString(folder.resolve("plain.jsonl"), "secret\n");

    assertThatThrownBy(DocumentFile.of(bad, true)::check)
        .isInstanceOf(DataException.class)
        .hasMessage(
            bad
                + ", line 3: begins like JSON but is not; valid is {\"text\": string} or {\"tokens\": [integers]}");
    assertThatThrownBy(DocumentFile.of(plain, true)::check)
        .hasMessageStartingWith(plain + ", line 1: not a JSON object; valid is ");
    DocumentFile.of(Files.writeString(folder.resolve("good.txt"), "{\"bad"), true).check();
  }

  private List<String> documents(String name, String content, boolean lines) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    List<String> documents = new ArrayList<>();
    DocumentFile.of(file, lines).forEach(value -> documents.add(new String(value, UTF_8)));
    return documents;
  }
}

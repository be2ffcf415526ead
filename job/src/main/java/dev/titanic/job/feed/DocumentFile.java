package dev.titanic.job.feed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A UTF-8 file of documents.
 *
 * @param form how documents are written in it
 */
public record DocumentFile(Path path, Form form) {
  private static final JsonMapper JSON = new JsonMapper();

  /** How a file holds documents. */
  public enum Form {
    /** The file is one document. */
    WHOLE,
    /** Every line is a document. */
    LINES,
    /** Every line is a record as the topic has it. */
    RECORDS
  }

  /** Takes what is done with every record. */
  @FunctionalInterface
  public interface RecordConsumer {
    void accept(byte[] value) throws IOException;
  }

  /**
   * Tells the form by the file's name, {@code .txt} or {@code .jsonl}; empty for others.
   *
   * @param lines whether every line of a {@code .txt} file is a document
   */
  public static Optional<DocumentFile> of(Path path, boolean lines) {
    String name = path.toString();
    if (name.endsWith(".jsonl")) {
      return Optional.of(new DocumentFile(path, Form.RECORDS));
    }
    return name.endsWith(".txt")
        ? Optional.of(new DocumentFile(path, lines ? Form.LINES : Form.WHOLE))
        : Optional.empty();
  }

  /**
   * Hands out the records of the file; blank ones are left out.
   *
   * @throws IOException when the file is not readable as UTF-8
   */
  public void forEachRecord(RecordConsumer consumer) throws IOException {
    try {
      if (form == Form.WHOLE) {
        accept(Files.readString(path), consumer);
      } else {
        forEachLine(consumer);
      }
    } catch (CharacterCodingException e) {
      throw new IOException(path + " is not UTF-8; valid: a text file in UTF-8");
    }
  }

  private void forEachLine(RecordConsumer consumer) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        accept(line, consumer);
      }
    }
  }

  private void accept(String document, RecordConsumer consumer) throws IOException {
    if (document.isBlank()) {
      return;
    }
    // A text goes as JSON, so that one that begins with a brace is not taken for a record.
    consumer.accept(
        form == Form.RECORDS
            ? document.getBytes(StandardCharsets.UTF_8)
            : JSON.writeValueAsBytes(Map.of("text", document)));
  }
}

package dev.titanic.job.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.titanic.data.DataException;
import dev.titanic.data.DocumentParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A file of documents: {@code .txt} is one document, or one a line; {@code .jsonl} is one record a
 * line, as it is. Blank lines are no documents.
 */
public final class DocumentFile {
  private static final JsonMapper JSON = new JsonMapper();

  /** How the file is cut into documents. */
  private enum Format {
    WHOLE_TEXT,
    TEXT_LINES,
    JSON_LINES
  }

  private final Path path;
  private final Format format;
  private final long bytes;

  private DocumentFile(Path path, Format format, long bytes) {
    this.path = path;
    this.format = format;
    this.bytes = bytes;
  }

  /**
   * Looks at a file, without reading it.
   *
   * @param lines whether a {@code .txt} is one document a line
   * @throws DataException when it cannot be read or has another extension
   */
  public static DocumentFile of(Path path, boolean lines) {
    String name = String.valueOf(path.getFileName());
    Format format;
    if (name.endsWith(".jsonl")) {
      format = Format.JSON_LINES;
    } else if (name.endsWith(".txt")) {
      format = lines ? Format.TEXT_LINES : Format.WHOLE_TEXT;
    } else {
      throw new DataException(path + " is no file of documents; valid is .txt or .jsonl");
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new DataException(path + " is not a file that can be read");
    }
    try {
      return new DocumentFile(path, format, Files.size(path));
    } catch (IOException e) {
      throw new DataException(path + " cannot be read", e);
    }
  }

  public Path path() {
    return path;
  }

  /** Size of the file. */
  public long bytes() {
    return bytes;
  }

  /** Hands out the Kafka value of every document, in order. */
  void forEach(Consumer<byte[]> values) {
    try (BufferedReader reader = Files.newBufferedReader(path, UTF_8)) {
      if (format == Format.WHOLE_TEXT) {
        handOut(Files.readString(path, UTF_8), values);
        return;
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        handOut(line, values);
      }
    } catch (CharacterCodingException e) {
      throw new DataException(path + " is not UTF-8", e);
    } catch (IOException e) {
      throw new DataException(path + " cannot be read", e);
    }
  }

  private void handOut(String document, Consumer<byte[]> values) throws IOException {
    if (document.isBlank()) {
      return;
    }
    boolean wrap = format != Format.JSON_LINES && DocumentParser.readsAsJson(document);
    values.accept(
        wrap ? JSON.writeValueAsBytes(Map.of("text", document)) : document.getBytes(UTF_8));
  }
}

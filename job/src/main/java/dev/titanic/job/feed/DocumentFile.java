package dev.titanic.job.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.titanic.data.DataException;
import dev.titanic.data.DocumentParser;
import java.io.IOException;
import java.io.LineNumberReader;
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

  /**
   * Reads the whole file, to find what is wrong with it before anything of it is sent.
   *
   * @throws DataException when it is not UTF-8, or a line of a {@code .jsonl} is no record
   */
  void check() {
    read(
        (line, document) -> {
          if (format == Format.JSON_LINES) {
            DocumentParser.problemOf(document)
                .ifPresent(
                    problem -> {
                      throw new DataException("%s, line %d: %s".formatted(path, line, problem));
                    });
          }
        });
  }

  /** Hands out the Kafka value of every document, in order. */
  void forEach(Consumer<byte[]> values) {
    read((line, document) -> values.accept(value(document)));
  }

  /** Takes a document and the number of the line on which it begins. */
  @FunctionalInterface
  private interface Documents {
    void accept(long line, String document) throws IOException;
  }

  private void read(Documents documents) {
    try (LineNumberReader reader = new LineNumberReader(Files.newBufferedReader(path, UTF_8))) {
      if (format == Format.WHOLE_TEXT) {
        handOut(1, Files.readString(path, UTF_8), documents);
        return;
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        handOut(reader.getLineNumber(), line, documents);
      }
    } catch (CharacterCodingException e) {
      throw new DataException(path + " is not UTF-8", e);
    } catch (IOException e) {
      throw new DataException(path + " cannot be read", e);
    }
  }

  private static void handOut(long line, String document, Documents documents) throws IOException {
    if (!document.isBlank()) {
      documents.accept(line, document);
    }
  }

  private byte[] value(String document) throws IOException {
    boolean wrap = format != Format.JSON_LINES && DocumentParser.readsAsJson(document);
    return wrap ? JSON.writeValueAsBytes(Map.of("text", document)) : document.getBytes(UTF_8);
  }
}

package dev.titanic.job.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The Java files of one library, as documents: nine of ten to train on, every tenth held out.
 *
 * <p>The leading licence comment is cut off: it is the same in every file, and a model that recites
 * it would look better than it is.
 */
public record SourceCode(List<String> training, List<String> heldOut) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int HELD_OUT_EVERY = 10;

  public SourceCode {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  /** Reads a {@code -sources} jar; the order of files is that of their names. */
  public static SourceCode ofJar(Path jar) throws IOException {
    List<String> training = new ArrayList<>();
    List<String> heldOut = new ArrayList<>();
    int index = 0;
    for (String file : javaFiles(jar)) {
      (index++ % HELD_OUT_EVERY == 0 ? heldOut : training).add(withoutLicence(file));
    }
    return new SourceCode(training, heldOut);
  }

  /** All files of several libraries. */
  static SourceCode of(List<SourceCode> libraries) {
    return new SourceCode(
        libraries.stream().flatMap(library -> library.training.stream()).toList(),
        libraries.stream().flatMap(library -> library.heldOut.stream()).toList());
  }

  /** The same files in an order that is drawn: neighbours by name are much alike. */
  SourceCode shuffled(long seed) {
    return new SourceCode(shuffled(training, seed), shuffled(heldOut, seed));
  }

  /** The same with only the beginning of what to train on. */
  SourceCode upTo(int characters) {
    List<String> beginning = new ArrayList<>();
    int left = characters;
    for (String file : training) {
      if (left > 0) {
        beginning.add(file.substring(0, Math.min(left, file.length())));
        left -= file.length();
      }
    }
    return new SourceCode(beginning, heldOut);
  }

  private static List<String> shuffled(List<String> files, long seed) {
    List<String> order = new ArrayList<>(files);
    Collections.shuffle(order, new Random(seed));
    return order;
  }

  private static List<String> javaFiles(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries =
          zip.stream()
              .filter(entry -> entry.getName().endsWith(".java"))
              .filter(entry -> !entry.getName().endsWith("-info.java"))
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList();
      List<String> files = new ArrayList<>();
      for (ZipEntry entry : entries) {
        files.add(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
      return files;
    }
  }

  static String withoutLicence(String file) {
    String text = file.strip();
    int end = text.indexOf("*/");
    return text.startsWith("/*") && end >= 0 ? text.substring(end + 2).strip() + "\n" : text + "\n";
  }

  /** Writes the files to train on as documents: {@code {"text": …}}, one a line. */
  void writeTraining(Path jsonl) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(jsonl)) {
      for (String text : training) {
        writer.write(JSON.writeValueAsString(Map.of("text", text)));
        writer.newLine();
      }
    }
  }

  /** Writes the held-out files as one text. */
  void writeHeldOut(Path text) throws IOException {
    Files.writeString(text, String.join("\n", heldOut));
  }
}

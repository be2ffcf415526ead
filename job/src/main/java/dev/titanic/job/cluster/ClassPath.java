package dev.titanic.job.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the cluster's processes load, found on the class path of this one: nothing is copied. */
final class ClassPath {
  /** Written by the build: the libraries of a Flink cluster, as its {@code lib} folder. */
  private static final String LIBRARIES = "libraries";

  private ClassPath() {}

  /** Everything, for the broker. */
  static List<Path> whole() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .toList();
  }

  /**
   * Flink, logging and the native engine, which must be loaded once per JVM. The rest of the job is
   * in its own jar.
   */
  static List<Path> cluster() {
    Set<String> libraries = libraryNames();
    List<Path> found =
        whole().stream().filter(entry -> libraries.contains(fileName(entry))).toList();
    if (found.size() < libraries.size()) {
      Set<String> missing = new TreeSet<>(libraries);
      found.forEach(entry -> missing.remove(fileName(entry)));
      throw new ClusterException(
          "libraries of the cluster are not on the class path: " + String.join(", ", missing));
    }
    return found;
  }

  static String join(List<Path> entries) {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static Set<String> libraryNames() {
    try (InputStream list = ClassPath.class.getResourceAsStream(LIBRARIES)) {
      if (list == null) {
        throw new ClusterException(
            "the list of the cluster's libraries is missing: build the project with Maven");
      }
      String paths = new String(list.readAllBytes(), StandardCharsets.UTF_8).strip();
      return Arrays.stream(paths.split(File.pathSeparator))
          .map(path -> fileName(Path.of(path)))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new ClusterException("the list of the cluster's libraries cannot be read", e);
    }
  }

  private static String fileName(Path path) {
    return String.valueOf(path.getFileName());
  }
}

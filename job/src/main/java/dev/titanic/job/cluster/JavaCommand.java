package dev.titanic.job.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Java program to run.
 *
 * @param options of the virtual machine
 */
record JavaCommand(
    List<String> options, List<Path> classPath, String mainClass, List<String> arguments) {

  JavaCommand {
    options = List.copyOf(options);
    classPath = List.copyOf(classPath);
    arguments = List.copyOf(arguments);
  }

  /** The virtual machine that runs this one. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  List<String> line() {
    return Stream.of(
            Stream.of(java().toString()),
            options.stream(),
            Stream.of("-cp", ClassPath.join(classPath), mainClass),
            arguments.stream())
        .flatMap(part -> part)
        .toList();
  }
}

package dev.titanic.job.demo;

/**
 * A library in Maven Central whose source code is a text.
 *
 * @param name also the artifact's
 */
public record Library(String group, String name, String version) {

  /** As Maven's command line names it. */
  String sourcesCoordinates() {
    return String.join(":", group, name, version, "jar", "sources");
  }

  /** Name of the jar of its sources. */
  String sourcesJar() {
    return name + "-" + version + "-sources.jar";
  }
}

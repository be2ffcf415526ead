package dev.titanic.job.cli;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file whose lines go into a client's topic before a run: {@code CLIENT=FILE}. */
public record Feed(String client, Path file) {

  /** Reads the command line's form. */
  static final class Converter implements ITypeConverter<Feed> {
    @Override
    public Feed convert(String value) {
      int separator = value.indexOf('=');
      if (separator < 1 || separator == value.length() - 1) {
        throw new TypeConversionException("'" + value + "'; valid: CLIENT=FILE");
      }
      return new Feed(value.substring(0, separator), Path.of(value.substring(separator + 1)));
    }
  }
}

package dev.titanic.job.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HOST:PORT}, several with commas, as the command line has it. */
final class BrokerAddress implements ITypeConverter<String> {
  private static final String HOST_AND_PORT = "[^\\s,:]+:[0-9]{1,5}";
  private static final int HIGHEST_PORT = 65_535;

  @Override
  public String convert(String value) {
    for (String address : value.split(",", -1)) {
      if (!address.matches(HOST_AND_PORT) || !hasPort(address)) {
        throw new TypeConversionException(
            "'%s'; valid: HOST:PORT, with a port of 1 to %d".formatted(value, HIGHEST_PORT));
      }
    }
    return value;
  }

  private static boolean hasPort(String address) {
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    return port >= 1 && port <= HIGHEST_PORT;
  }
}

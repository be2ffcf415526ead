package dev.titanic.job.cli;

import dev.titanic.job.config.InvalidConfig;
import dev.titanic.job.run.Reason;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what went wrong in one line per problem; stack traces are for the log file. */
final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(OneLineErrors.class);

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command
        .getErr()
        .printf(
            "%s: %s (see %s --help)%n",
            name, firstLine(String.valueOf(exception.getMessage())) + suggestions(exception), name);
    return ExitCode.UNUSABLE;
  }

  private static String suggestions(ParameterException exception) {
    return exception instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? "; valid: " + String.join(", ", unmatched.getSuggestions())
        : "";
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    if (exception instanceof InvalidConfig invalid) {
      invalid.problems().forEach(err::println);
      return ExitCode.UNUSABLE;
    }
    String name = command.getCommandSpec().qualifiedName();
    LOG.info("{} failed", name, exception); // not a warning: those are shown on the console
    err.printf("%s: %s%n", name, Reason.of(exception));
    return ExitCode.FAILED;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}

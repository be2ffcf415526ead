package dev.titanic.job.cli;

import dev.titanic.coordinator.OutputDirectory;
import dev.titanic.job.report.ReportFile;
import dev.titanic.job.report.UnusableReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code titanic report}: the page of a run that is over or goes on. */
@Command(
    name = "report",
    description = "Writes report.html: curves, times and placements of a run, for a browser.")
final class ReportCommand implements Callable<Integer> {
  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "Output directory of a run, over or not.")
  private @SuppressWarnings("NullAway.Init") Path directory;

  @Override
  public Integer call() throws IOException {
    ReportFile report = ReportFile.in(new OutputDirectory(directory));
    try {
      report.write();
    } catch (UnusableReport e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    spec.commandLine().getOut().println(report.path());
    return ExitCode.SUCCESS;
  }
}

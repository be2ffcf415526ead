package dev.titanic.job.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** All log lines of this JVM, with their stack traces, instead of on the console. */
final class CapturedLog extends AbstractAppender implements AutoCloseable {
  private final StringWriter lines = new StringWriter();

  private CapturedLog() {
    super("captured", null, null, false, Property.EMPTY_ARRAY);
  }

  static CapturedLog install() {
    CapturedLog log = new CapturedLog();
    log.start();
    DefaultConfiguration configuration = new DefaultConfiguration();
    LoggerConfig root = configuration.getRootLogger();
    root.getAppenders().keySet().forEach(root::removeAppender);
    root.addAppender(log, Level.ALL, null);
    root.setLevel(Level.INFO);
    LoggerContext.getContext(false).reconfigure(configuration);
    return log;
  }

  @Override
  public void append(LogEvent event) {
    synchronized (lines) {
      lines.append(event.getMessage().getFormattedMessage()).append('\n');
      if (event.getThrown() != null) {
        event.getThrown().printStackTrace(new PrintWriter(lines, true));
      }
    }
  }

  String text() {
    synchronized (lines) {
      return lines.toString();
    }
  }

  @Override
  public void close() {
    LoggerContext.getContext(false).reconfigure();
  }
}

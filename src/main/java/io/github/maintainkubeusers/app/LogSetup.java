package io.github.maintainkubeusers.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.github.maintainkubeusers.config.LogFormat;
import org.slf4j.LoggerFactory;

/** How the log is written. It begins as text, which logback.xml says. */
final class LogSetup {
  private static final String APPENDER = "console";

  private LogSetup() {}

  /**
   * @param debug log each failure with its whole cause
   */
  static void level(boolean debug) {
    var ours = (Logger) LoggerFactory.getLogger("io.github.maintainkubeusers");
    ours.setLevel(debug ? Level.DEBUG : Level.INFO);
  }

  static void format(LogFormat format) {
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (format == LogFormat.JSON
        && root.getAppender(APPENDER) instanceof OutputStreamAppender<ILoggingEvent> appender) {
      appender.setEncoder(json(root.getLoggerContext()));
    }
  }

  static JsonEncoder json(LoggerContext context) {
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}

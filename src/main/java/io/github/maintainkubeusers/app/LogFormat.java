package io.github.maintainkubeusers.app;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;

/**
 * What the lines of the log look like: text for people, or an object each, with pass and account as
 * values in it.
 */
enum LogFormat {
  TEXT,
  JSON;

  private static final String APPENDER = "console";

  /** Lets the log be written so from now on; it begins as text, which logback.xml says. */
  void use() {
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    if (this == JSON
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

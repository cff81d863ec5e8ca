package io.github.maintainkubeusers.testing;

import static java.util.stream.Collectors.joining;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** All that this program logs at DEBUG and above, until it is closed. */
public final class CapturedLog implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.maintainkubeusers");
  private final Level before = logger.getLevel();
  private final boolean additive = logger.isAdditive();
  private final ListAppender<ILoggingEvent> appender =
      new ListAppender<>() {
        /** What stands beside the text is the thread's of this moment. */
        @Override
        protected void append(ILoggingEvent event) {
          event.prepareForDeferredProcessing();
          super.append(event);
        }
      };

  public CapturedLog() {
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    appender.start();
    logger.addAppender(appender);
  }

  /** The messages of this level or above. */
  public List<String> messages(Level least) {
    return events().stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(least))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** What stands beside the text of the lines with this message. */
  public List<Map<String, String>> contexts(String message) {
    return events().stream()
        .filter(event -> event.getFormattedMessage().equals(message))
        .map(ILoggingEvent::getMDCPropertyMap)
        .toList();
  }

  /** Everything, with the texts of all exceptions. */
  public String text() {
    return events().stream()
        .map(
            event ->
                event.getFormattedMessage()
                    + "\n"
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
        .collect(joining("\n"));
  }

  private List<ILoggingEvent> events() {
    return List.copyOf(appender.list);
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setLevel(before);
    logger.setAdditive(additive);
  }
}

package io.github.maintainkubeusers.yaml;

import java.util.Iterator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The parser's events, one at a time, with offsets into the text and faults that quote nothing. */
final class Events {
  private static final int MIN_BUFFER = 1024;

  private final Source source;
  private final CodePoints offsets;
  private final Iterator<Event> events;

  Events(Source source) {
    this.source = source;
    this.offsets = CodePoints.of(source.text());
    this.events = new Parse(settings(source)).parseString(source.withoutTabsOfJson()).iterator();
  }

  Event next() {
    try {
      return events.next();
    } catch (YamlEngineException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw ParserErrors.of(e, source);
    }
  }

  /** Where a node stands that begins with one event and ends with another (or the same). */
  Origin origin(Event first, Event last) {
    var start = first.getStartMark().orElseThrow();
    var end = last.getEndMark().orElseThrow();
    return new Origin(offset(start), offset(end), start.getLine() + 1, start.getColumn() + 1);
  }

  YamlException fault(Event event, String reason) {
    var mark = event.getStartMark().orElseThrow();
    return new YamlException(reason, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /**
   * The buffer holds all of the text: where it ends, the library (2.10) stumbles over a surrogate
   * pair.
   */
  private static LoadSettings settings(Source source) {
    int length = Math.max(MIN_BUFFER, source.text().length() + 1);
    return LoadSettings.builder()
        .setCodePointLimit(Integer.MAX_VALUE)
        .setBufferSize(length)
        .build();
  }

  private int offset(Mark mark) {
    return offsets.toChars(mark.getIndex());
  }
}

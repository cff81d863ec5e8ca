package io.github.maintainkubeusers.yaml;

import java.util.Iterator;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The parser's events, one at a time, with offsets into the text and faults that quote nothing. */
final class Events {
    private static final LoadSettings SETTINGS = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

    private final Source source;
    private final CodePoints offsets;
    private final Iterator<Event> events;

    Events(Source source) {
        this.source = source;
        this.offsets = CodePoints.of(source.text());
        this.events = new Parse(SETTINGS).parseString(source.text()).iterator();
    }

    Event next() {
        try {
            return events.next();
        } catch (YamlEngineException e) {
            throw Problem.of(e, source);
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

    private int offset(Mark mark) {
        return offsets.toChars(mark.getIndex());
    }
}

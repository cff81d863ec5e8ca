package io.github.maintainkubeusers.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Makes the tree of the one document in a text, within the limits. */
final class Composer {
  private final Events events;
  private final YamlLimits limits;
  private final Anchors anchors;
  private int depth;

  private Composer(Events events, YamlLimits limits) {
    this.events = events;
    this.limits = limits;
    this.anchors = new Anchors(limits);
  }

  /** Empty when there is nothing but white space, comments and document markers. */
  static Optional<YamlNode> compose(Source source, YamlLimits limits) {
    var events = new Events(source);
    return new Composer(events, limits).document();
  }

  /**
   * Where a second document begins; the length of the text when there is only one, or none that
   * says anything.
   */
  static int endOfFirst(Source source) {
    if (source.text().indexOf("\n---") < 0) {
      return source.text().length();
    }
    var events = new Events(source);
    boolean content = false;
    int documents = 0;
    for (Event event = events.next();
        event.getEventId() != Event.ID.StreamEnd;
        event = events.next()) {
      if (event.getEventId() == Event.ID.DocumentStart && ++documents == 2) {
        return content ? events.origin(event, event).start() : source.text().length();
      }
      content |= event instanceof CollectionStartEvent;
    }
    return source.text().length();
  }

  private Optional<YamlNode> document() {
    expectStart();
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return Optional.empty();
    }
    var root = node(events.next());
    expectStart();
    var after = events.next();
    if (after.getEventId() != Event.ID.StreamEnd) {
      throw events.fault(after, "found a second document, only one is allowed");
    }
    return root.origin().isEmpty() ? Optional.empty() : Optional.of(root);
  }

  /** The start of the stream, and the end of the document. */
  private void expectStart() {
    var ignored = events.next();
  }

  private YamlNode node(Event event) {
    return switch (event) {
      case AliasEvent alias ->
          new YamlAlias(anchors.resolve(alias, events), events.origin(alias, alias));
      case NodeEvent content -> anchors.anchored(content, events, () -> content(content));
      default -> throw events.fault(event, "not well-formed YAML");
    };
  }

  private YamlNode content(NodeEvent event) {
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar);
      case MappingStartEvent mapping -> mapping(mapping);
      case SequenceStartEvent sequence -> sequence(sequence);
      default -> throw events.fault(event, "not well-formed YAML");
    };
  }

  private YamlScalar scalar(ScalarEvent event) {
    var type =
        Schema.type(event.getTag(), event.isPlain(), event.getValue())
            .orElseThrow(() -> customTag(event));
    return new YamlScalar(
        event.getValue(), type, quoting(event.getScalarStyle()), events.origin(event, event));
  }

  private YamlMapping mapping(MappingStartEvent start) {
    if (!Schema.isMapping(start.getTag())) {
      throw customTag(start);
    }
    enter(start);
    var entries = new ArrayList<CollectionEntry>();
    var keys = new HashMap<String, YamlScalar>();
    var event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      entries.add(CollectionEntry.read(Optional.of(key(event, keys)), node(events.next())));
      event = events.next();
    }
    depth--;
    return new YamlMapping(start.isFlow(), entries, events.origin(start, event));
  }

  private YamlScalar key(Event event, Map<String, YamlScalar> keys) {
    if (!(event instanceof ScalarEvent)) {
      throw events.fault(event, "found a key that is not a scalar");
    }
    var key = (YamlScalar) node(event);
    var first = keys.putIfAbsent(key.text(), key);
    if (first != null) {
      throw key.fault(
          "duplicate key "
              + SafeText.quoted(key.text())
              + ", the first is at line "
              + first.line()
              + ", column "
              + first.column());
    }
    return key;
  }

  private YamlSequence sequence(SequenceStartEvent start) {
    if (!Schema.isSequence(start.getTag())) {
      throw customTag(start);
    }
    enter(start);
    List<CollectionEntry> entries = new ArrayList<>();
    var event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      entries.add(CollectionEntry.read(Optional.empty(), node(event)));
      event = events.next();
    }
    depth--;
    return new YamlSequence(start.isFlow(), entries, events.origin(start, event));
  }

  private void enter(CollectionStartEvent start) {
    if (++depth > limits.maxDepth()) {
      throw events.fault(start, "mappings and lists are nested deeper than " + limits.maxDepth());
    }
  }

  private YamlException customTag(NodeEvent event) {
    return events.fault(
        event,
        "found a tag other than those of the core schema (str, int, float, bool, null, map,"
            + " seq)");
  }

  private static Quoting quoting(ScalarStyle style) {
    return switch (style) {
      case SINGLE_QUOTED -> Quoting.SINGLE;
      case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Quoting.DOUBLE;
      case PLAIN, LITERAL, FOLDED -> Quoting.AS_NEEDED;
    };
  }
}

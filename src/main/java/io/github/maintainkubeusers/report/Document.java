package io.github.maintainkubeusers.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Maps, lists, texts and numbers, for programs to read. What is not known is left out. */
public final class Document {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final Map<String, Object> entries = new LinkedHashMap<>();

  Document put(String key, Object value) {
    entries.put(key, value instanceof Document nested ? nested.entries : value);
    return this;
  }

  /** As text, when there is one. */
  Document put(String key, Optional<?> value) {
    value.ifPresent(known -> entries.put(key, known.toString()));
    return this;
  }

  Map<String, Object> entries() {
    return entries;
  }

  public String json() {
    return GSON.toJson(entries);
  }

  public String yaml() {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setUseUnicodeEncoding(false)
            .setDereferenceAliases(true)
            .setWidth(Integer.MAX_VALUE)
            .build();
    return new Dump(settings, new Texts(settings)).dumpToString(entries);
  }

  /** Quotes whatever some reader of YAML could take for something else than text: a time, say. */
  private static final class Texts extends StandardRepresenter {
    private static final Pattern PLAIN =
        Pattern.compile("(?!(?i:true|false|null|yes|no|on|off|y|n)$)[A-Za-z]+");

    Texts(DumpSettings settings) {
      super(settings);
      representers.put(
          String.class,
          text ->
              representScalar(
                  Tag.STR,
                  (String) text,
                  PLAIN.matcher((String) text).matches()
                      ? ScalarStyle.PLAIN
                      : ScalarStyle.DOUBLE_QUOTED));
    }
  }
}

package io.github.maintainkubeusers.telemetry;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The PromQL in the manifests, by the title of its panel or the name of its alert. */
final class Queries {
  private static final Path FOLDER = Path.of("manifests/components/monitoring");

  private Queries() {}

  static Map<String, String> ofDashboard() {
    JsonObject dashboard =
        JsonParser.parseString(read(FOLDER.resolve("maintain-kubeusers.json"))).getAsJsonObject();
    var queries = new LinkedHashMap<String, String>();
    for (JsonElement panel : dashboard.getAsJsonArray("panels")) {
      JsonArray targets = panel.getAsJsonObject().getAsJsonArray("targets");
      for (JsonElement target : targets) {
        queries.put(
            panel.getAsJsonObject().get("title").getAsString()
                + " "
                + target.getAsJsonObject().get("refId").getAsString(),
            target.getAsJsonObject().get("expr").getAsString());
      }
    }
    return queries;
  }

  static Map<String, String> ofAlerts() {
    var queries = new LinkedHashMap<String, String>();
    alerts().forEach((name, alert) -> queries.put(name, (String) alert.get("expr")));
    return queries;
  }

  static Map<String, Map<?, ?>> alerts() {
    var alerts = new LinkedHashMap<String, Map<?, ?>>();
    for (Object group : (List<?>) spec().get("groups")) {
      for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
        alerts.put((String) ((Map<?, ?>) rule).get("alert"), (Map<?, ?>) rule);
      }
    }
    return alerts;
  }

  /** What Prometheus itself would read. */
  static Map<?, ?> spec() {
    Object rules =
        new Load(LoadSettings.builder().build()).loadFromString(read(FOLDER.resolve("rules.yaml")));
    return (Map<?, ?>) ((Map<?, ?>) rules).get("spec");
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

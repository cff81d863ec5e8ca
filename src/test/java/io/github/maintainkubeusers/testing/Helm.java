package io.github.maintainkubeusers.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The real helm, and the present kubectl that comes with it, as {@code dev/helm} has them. */
public final class Helm {
  public static final Path CHART = Path.of("manifests/chart");
  private static final int UNAVAILABLE = 77;

  private final Path folder;
  private final Path home;
  private final Path kubeconfig;

  private Helm(Path folder, Path home, Path kubeconfig) {
    this.folder = folder;
    this.home = home;
    this.kubeconfig = kubeconfig;
  }

  /**
   * For charts alone, without a cluster. Where there is no helm to be had, the test is left out.
   *
   * @param home what helm remembers, it remembers there
   */
  public static Helm find(Path home) {
    Kubectl.Result found = Kubectl.call("", new ProcessBuilder("dev/helm"));
    assumeThat(found.status()).as(found.errors()).isNotEqualTo(UNAVAILABLE);
    if (!found.succeeded()) {
      throw new AssertionError("dev/helm: " + found.errors());
    }
    return new Helm(Path.of(found.output().strip()), home, Path.of("/dev/null"));
  }

  public Helm on(ControlPlane plane) {
    return new Helm(folder, home, plane.adminKubeconfig());
  }

  public Kubectl kubectl() {
    return new Kubectl(folder.resolve("kubectl"), kubeconfig, home.resolve("kubectl-cache"));
  }

  /** In the controller's namespace. */
  public Kubectl.Result run(String... arguments) {
    var command = new ArrayList<>(List.of(folder.resolve("helm").toString()));
    command.addAll(List.of(arguments));
    command.add("--namespace=maintain-kubeusers");
    var builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "KUBECONFIG", kubeconfig.toString(),
                "HELM_CACHE_HOME", home.resolve("helm-cache").toString(),
                "HELM_CONFIG_HOME", home.resolve("helm-config").toString(),
                "HELM_DATA_HOME", home.resolve("helm-data").toString()));
    return Kubectl.call("", builder);
  }

  /** The output of a call that must succeed. */
  public String get(String... arguments) {
    Kubectl.Result result = run(arguments);
    if (!result.succeeded()) {
      throw new AssertionError("helm " + String.join(" ", arguments) + ": " + result.errors());
    }
    return result.output();
  }

  /** The objects of the chart, with these values on top of its own. */
  public List<Map<String, Object>> template(String values) {
    try {
      Path file = Files.writeString(Files.createDirectories(home).resolve("values.yaml"), values);
      return objects(get("template", "maintain-kubeusers", CHART.toString(), "--values=" + file));
    } catch (IOException e) {
      throw new UncheckedIOException("could not write values", e);
    }
  }

  /** What a stream of YAML documents has in it, without empty ones. */
  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> objects(String documents) {
    var objects = new ArrayList<Map<String, Object>>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(documents)) {
      if (document != null) {
        objects.add((Map<String, Object>) document);
      }
    }
    return objects;
  }
}

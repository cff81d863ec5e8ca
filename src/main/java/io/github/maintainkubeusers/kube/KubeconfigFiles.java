package io.github.maintainkubeusers.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kubernetes.client.util.KubeConfig;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kubeconfigs as kubectl finds and merges them: of several files, what comes first counts, and
 * paths are relative to the file that they stand in
 * (kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig).
 */
final class KubeconfigFiles {
  /** Where entries name files, by the key of their bodies. */
  private static final Map<String, List<String>> PATHS =
      Map.of(
          "cluster",
          List.of("certificate-authority"),
          "user",
          List.of("client-certificate", "client-key", "tokenFile"));

  private KubeconfigFiles() {}

  /**
   * The files that a variable like {@code KUBECONFIG} names, without those that are not there while
   * others are.
   *
   * @param variable empty when it is not set
   */
  static List<Path> of(Optional<String> variable, Path home) {
    List<Path> named =
        variable
            .filter(text -> !text.isBlank())
            .map(text -> List.of(text.split(File.pathSeparator)))
            .orElse(List.of())
            .stream()
            .filter(name -> !name.isBlank())
            .map(Path::of)
            .toList();
    List<Path> candidates =
        named.isEmpty() ? List.of(home.resolve(".kube").resolve("config")) : named;
    List<Path> there = candidates.stream().filter(Files::exists).toList();
    return there.isEmpty() ? candidates : there;
  }

  /**
   * @throws IOException when one cannot be read or is no kubeconfig
   */
  static KubeConfig read(List<Path> files) throws IOException {
    var contexts = new ArrayList<Object>();
    var clusters = new ArrayList<Object>();
    var users = new ArrayList<Object>();
    Optional<String> current = Optional.empty();
    for (Path file : files) {
      KubeConfig config;
      try {
        config = KubeConfig.loadKubeConfig(new StringReader(Files.readString(file, UTF_8)));
      } catch (NoSuchFileException e) {
        throw new IOException("there is no such file", e);
      } catch (RuntimeException e) {
        throw new IOException(file + " is not a kubeconfig: " + e.getMessage(), e);
      }
      add(contexts, config.getContexts(), file, "context");
      add(clusters, config.getClusters(), file, "cluster");
      add(users, config.getUsers(), file, "user");
      current =
          current.or(
              () ->
                  Optional.ofNullable(config.getCurrentContext()).filter(name -> !name.isEmpty()));
    }
    var merged = new KubeConfig(contexts, clusters, users);
    merged.setFile(files.getFirst().toAbsolutePath().toFile());
    if (current.isEmpty() || !merged.setContext(current.get())) {
      throw new IOException(files + " has no current-context that is one of its contexts");
    }
    return merged;
  }

  /**
   * The library goes on without credentials when a plugin gives none, and is nobody then.
   *
   * @throws IOException when the user of the current context has a plugin, and it gives no
   *     credentials
   */
  static KubeConfig requireCredentials(KubeConfig config) throws IOException {
    Optional<String> user =
        body(config.getContexts(), config.getCurrentContext(), "context")
            .map(context -> String.valueOf(context.get("user")));
    boolean plugin =
        user.flatMap(name -> body(config.getUsers(), name, "user"))
            .filter(entry -> entry.get("exec") != null)
            .isPresent();
    if (plugin && (config.getCredentials() == null || config.getCredentials().isEmpty())) {
      throw new IOException(
          "the exec plugin of user " + user.orElse("") + " gave no credentials: is it installed?");
    }
    return config;
  }

  private static void add(List<Object> all, List<Object> entries, Path file, String bodyKey) {
    if (entries == null) {
      return;
    }
    for (Object entry : entries) {
      if (entry instanceof Map<?, ?> map
          && all.stream().noneMatch(other -> name(other).equals(name(map)))) {
        all.add(absolute(map, file, bodyKey));
      }
    }
  }

  private static Map<Object, Object> absolute(Map<?, ?> entry, Path file, String bodyKey) {
    var copy = new LinkedHashMap<Object, Object>(entry);
    if (entry.get(bodyKey) instanceof Map<?, ?> body) {
      var paths = new LinkedHashMap<Object, Object>(body);
      PATHS
          .getOrDefault(bodyKey, List.of())
          .forEach(
              key ->
                  paths.computeIfPresent(
                      key,
                      (_, path) ->
                          file.toAbsolutePath().resolveSibling(path.toString()).toString()));
      copy.put(bodyKey, paths);
    }
    return copy;
  }

  private static Optional<Map<?, ?>> body(List<Object> entries, String name, String bodyKey) {
    for (Object entry : entries) {
      if (entry instanceof Map<?, ?> map
          && name(map).equals(name)
          && map.get(bodyKey) instanceof Map<?, ?> body) {
        return Optional.of(body);
      }
    }
    return Optional.empty();
  }

  private static String name(Object entry) {
    return entry instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : "";
  }
}

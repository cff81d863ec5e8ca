package io.github.maintainkubeusers.template;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.yaml.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the name {@code NAME.yaml}, or {@code NAME.TIER.yaml} for the tools of one tier.
 *
 * @param path as people know it
 */
record TemplateFile(String path, String name, Optional<String> tier, byte[] content) {
  private static final List<String> BUNDLED = List.of("resourcequota", "limitrange", "rolebinding");
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9-]{1,40})(?:\\.([a-z0-9-]{1,40}))?\\.ya?ml");

  TemplateFile {
    requireNonNull(path, "path is null");
    requireNonNull(name, "name is null");
    requireNonNull(tier, "tier is null");
    requireNonNull(content, "content is null");
  }

  /** Those that the program brings along. */
  static List<TemplateFile> bundled() {
    return BUNDLED.stream()
        .map(
            name -> {
              String resource = "/templates/" + name + ".yaml";
              try (InputStream in = TemplateFile.class.getResourceAsStream(resource)) {
                return new TemplateFile(resource, name, Optional.empty(), in.readAllBytes());
              } catch (IOException e) {
                throw new IllegalStateException("could not read " + resource, e);
              }
            })
        .toList();
  }

  /**
   * Those in an operator's folder; what begins with a dot, as in mounted ConfigMaps, is passed
   * over.
   */
  static List<TemplateFile> in(Path folder) {
    var files = new ArrayList<TemplateFile>();
    var faults = new TemplateErrors();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            folder, entry -> !entry.getFileName().toString().startsWith("."))) {
      for (Path entry : entries) {
        Matcher form = FORM.matcher(entry.getFileName().toString());
        if (form.matches()) {
          files.add(
              new TemplateFile(
                  entry.toString(),
                  form.group(1),
                  Optional.ofNullable(form.group(2)),
                  Files.readAllBytes(entry)));
        } else {
          faults.add(entry.toString(), 1, "is not called NAME.yaml or NAME.TIER.yaml");
        }
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    faults.throwIfAny();
    files.sort(java.util.Comparator.comparing(TemplateFile::path));
    return files;
  }

  private static ConfigurationException unreadable(Path folder, IOException e) {
    var exception = new ConfigurationException(List.of(folder + ": could not be read: " + e));
    exception.initCause(e);
    return exception;
  }
}

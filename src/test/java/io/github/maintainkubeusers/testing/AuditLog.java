package io.github.maintainkubeusers.testing;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the API server was asked, by its own account. */
public final class AuditLog {
  private static final String PROGRAM =
      "system:serviceaccount:maintain-kubeusers:maintain-kubeusers";

  private final Path file;
  private final long start;

  AuditLog(Path file) {
    this.file = file;
    this.start = size(file);
  }

  /**
   * One request.
   *
   * @param agent the program that made it, by its own account
   */
  public record Call(
      String user,
      String verb,
      String resource,
      String namespace,
      String name,
      int code,
      String agent) {
    /** Made by the program: the control plane's own controllers work in the same namespaces. */
    public boolean isPrograms() {
      return user.equals(PROGRAM);
    }

    public boolean isWrite() {
      return List.of("create", "update", "patch", "delete", "deletecollection").contains(verb);
    }

    /** A write that is not about telling people, which happens some time after what is told. */
    public boolean changesSomething() {
      return isWrite() && !resource.equals("events");
    }
  }

  /** The calls since this log was asked for. */
  public List<Call> calls(Predicate<Call> which) {
    return lines().map(AuditLog::parse).filter(which).toList();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the audit log", e);
    }
  }

  private Stream<String> lines() {
    try (InputStream log = Files.newInputStream(file)) {
      log.skipNBytes(start);
      String text = new String(log.readAllBytes(), StandardCharsets.UTF_8);
      // The last line may be in the middle of being written.
      return text.substring(0, text.lastIndexOf('\n') + 1).lines();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the audit log", e);
    }
  }

  private static Call parse(String line) {
    JsonObject event = JsonParser.parseString(line).getAsJsonObject();
    JsonObject object =
        event.has("objectRef") ? event.getAsJsonObject("objectRef") : new JsonObject();
    String resource =
        (event.has("objectRef") ? text(object, "resource") : text(event, "requestURI"))
            + (object.has("subresource") ? "/" + text(object, "subresource") : "");
    int code =
        event.has("responseStatus") && event.getAsJsonObject("responseStatus").has("code")
            ? event.getAsJsonObject("responseStatus").get("code").getAsInt()
            : 0;
    return new Call(
        text(event.getAsJsonObject("user"), "username"),
        text(event, "verb"),
        resource,
        text(object, "namespace"),
        text(object, "name"),
        code,
        text(event, "userAgent"));
  }

  private static String text(JsonObject object, String key) {
    return object.has(key) ? object.get(key).getAsString() : "";
  }
}

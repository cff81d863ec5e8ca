package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real kubectl with one kubeconfig. */
public final class Kubectl {
  private static final Pattern MINOR = Pattern.compile("\"minor\": \"(\\d+)");

  private final Path program;
  private final Path kubeconfig;
  private final Path cache;

  Kubectl(Path program, Path kubeconfig, Path cache) {
    this.program = program;
    this.kubeconfig = kubeconfig;
    this.cache = cache;
  }

  /** What came of one call. */
  public record Result(int status, String output, String errors) {
    public boolean succeeded() {
      return status == 0;
    }
  }

  public Path program() {
    return program;
  }

  /** The same program with another kubeconfig. */
  public Kubectl with(Path otherKubeconfig) {
    return new Kubectl(program, otherKubeconfig, cache);
  }

  public Result run(String... arguments) {
    return call("", List.of(arguments));
  }

  /** The output of a call that must succeed. */
  public String get(String... arguments) {
    return expect(call("", List.of(arguments)), arguments);
  }

  public String apply(String manifest, String... more) {
    var arguments = new ArrayList<>(List.of("apply", "-f", "-"));
    arguments.addAll(List.of(more));
    return expect(call(manifest, arguments), arguments.toArray(String[]::new));
  }

  /** Runs a script in which kubectl is this one; it must succeed. */
  void script(String script) {
    var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder
        .environment()
        .merge("PATH", program.getParent().toString(), (path, folder) -> folder + ":" + path);
    String _ = expect(call("", builder), script);
  }

  int serverMinor() {
    Matcher version = MINOR.matcher(get("get", "--raw", "/version"));
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }

  private Result call(String input, List<String> arguments) {
    var command =
        new ArrayList<>(
            List.of(program.toString(), "--kubeconfig=" + kubeconfig, "--cache-dir=" + cache));
    command.addAll(arguments);
    return call(input, new ProcessBuilder(command));
  }

  static Result call(String input, ProcessBuilder builder) {
    try {
      Process process = builder.start();
      var errors = new StringBuilder();
      Thread reader = Thread.ofVirtual().start(() -> errors.append(text(process.getErrorStream())));
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String output = text(process.getInputStream());
      reader.join();
      return new Result(process.waitFor(), output, errors.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("could not run " + builder.command().getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String text(java.io.InputStream stream) {
    try {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String expect(Result result, String... arguments) {
    if (!result.succeeded()) {
      throw new AssertionError("kubectl " + String.join(" ", arguments) + ": " + result.errors());
    }
    return result.output();
  }
}

package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The program as a process. */
public final class ProgramRun implements AutoCloseable {
  private static final Pattern PASS = Pattern.compile("Pass over .*\\R");
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private final Process process;
  private final Path output;

  private ProgramRun(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static ProgramRun start(Path folder, List<String> command, Path kubeconfig) {
    try {
      Path output = Files.createTempFile(folder, "run-", ".log");
      var builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      Process process = builder.start();
      Files.writeString(
          folder.getParent().resolve("processes"),
          Leftovers.line(process.toHandle()),
          StandardOpenOption.APPEND);
      return new ProgramRun(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException("could not start the program", e);
    }
  }

  /** Waits for its end. */
  public ProgramRun await() {
    try {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        close();
        throw new AssertionError("the program did not end within " + LONGEST + ":\n" + output());
      }
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  public int status() {
    return process.exitValue();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has said so far, on both streams. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the program's output", e);
    }
  }

  /** How many passes it has ended. */
  public int passes() {
    return (int) PASS.matcher(output()).results().count();
  }

  /** Waits until so many passes are over. */
  public void awaitPasses(int count, Duration atMost) {
    Waiting.until(
        count + " passes",
        atMost,
        () -> {
          if (!isAlive()) {
            throw new IllegalStateException("the program ended:\n" + output());
          }
          return passes() >= count;
        });
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** SIGSTOP: it does nothing more, and does not know. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void unpause() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException("could not send " + name + " to the program");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not send " + name + " to the program", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

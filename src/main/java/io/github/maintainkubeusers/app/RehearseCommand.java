package io.github.maintainkubeusers.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Runs commands one after the other in one process, so that a start-up cache can learn from all of
 * them. No help shows it.
 */
@Command(name = RehearseCommand.NAME, hidden = true)
final class RehearseCommand implements Callable<Integer> {
  static final String NAME = "rehearse";

  private final Function<String[], CommandLine> commands;

  @Parameters(
      paramLabel = "FILE",
      description = "A command on each line, its words apart by spaces.")
  private Path file;

  RehearseCommand(Function<String[], CommandLine> commands) {
    this.commands = commands;
  }

  /** What comes of the last one; the others may fail. */
  @Override
  public Integer call() throws IOException {
    int status = ExitStatus.OK;
    for (String line : Files.readAllLines(file)) {
      String[] words = line.strip().split(" +");
      status = commands.apply(words).execute(words);
    }
    return status;
  }
}

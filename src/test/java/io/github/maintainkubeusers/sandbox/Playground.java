package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;

/** Stays up after the walk, says what to try, and changes the directory as it is told. */
final class Playground {
  private static final int FIRST_UID = 50_100;

  private final World world;
  private final SandboxDirectory directory;
  private final PrintStream out;
  private int added;

  Playground(World world, SandboxDirectory directory, PrintStream out) {
    this.world = world;
    this.directory = directory;
    this.out = out;
  }

  void stay() {
    out.print(
        """

        Everything stays up. In another terminal:

          alias kubectl=%s
          kubectl --kubeconfig=%s/.kube/config get all           # as the tool hello
          kubectl --kubeconfig=%s/.kube/config \\
              --as=admin --as-group=system:masters get namespaces # as the admin alice
          kubectl --kubeconfig=%s get events -A                  # as the cluster's own administrator
          ls -lR %s

        Here: add NAME (a tool to LDAP), remove NAME, quit; Ctrl-C ends everything as well.
        """
            .formatted(
                world.plane().kubectl().program(),
                world.toolHome("hello"),
                world.adminHome("alice"),
                world.plane().adminKubeconfig(),
                world.toolHomes()));
    var lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    try {
      for (String line = prompt(lines);
          line != null && !line.equals("quit");
          line = prompt(lines)) {
        obey(line.split("\\s+"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String prompt(BufferedReader lines) throws IOException {
    out.print("> ");
    out.flush();
    String line = lines.readLine();
    return line == null ? null : line.strip();
  }

  private void obey(String[] words) {
    try {
      switch (words.length == 2 ? words[0] : "") {
        case "add" -> {
          directory.addTool(world, words[1], FIRST_UID + added);
          added++;
          out.println(
              "tool " + words[1] + " is in LDAP now; its home will be " + world.toolHome(words[1]));
        }
        case "remove" -> {
          directory.removeTool(world, words[1]);
          out.println("tool " + words[1] + " is no longer in LDAP");
        }
        default -> out.println("add NAME, remove NAME or quit");
      }
    } catch (RuntimeException e) {
      out.println("that did not work: " + e.getMessage());
    }
  }
}

package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.World;
import java.io.PrintStream;
import java.util.List;

/** One command that shows the main job on a machine that has nothing but a JDK and Maven. */
public final class Sandbox {
  private Sandbox() {}

  public static void main(String[] arguments) {
    List<String> options = List.of(arguments);
    if (!List.of("--exit").containsAll(options)) {
      System.err.println(
          "Unknown option: " + String.join(" ", options) + "; see bin/sandbox --help");
      System.exit(2);
    }
    System.exit(run(!options.contains("--exit") && System.console().isTerminal(), System.out));
  }

  private static int run(boolean stay, PrintStream out) {
    var narration = new Narration(out);
    var cleanup = new Cleanup();
    Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "cleanup"));
    try (cleanup) {
      narration.chapter("Starting etcd, kube-apiserver and kube-controller-manager");
      ControlPlane plane = cleanup.add(ControlPlane.start());
      narration.say(plane.kubectl().get("version", "--short").strip());
      narration.chapter("Starting an LDAP server with three tools and an admin");
      TestLdapServer ldap = cleanup.add(TestLdapServer.start(plane.folder().resolve("ldap")));
      World world = World.create(plane, ldap);
      var walk = new Walk(world, narration, cleanup);
      walk.go();
      if (stay) {
        new Playground(world, out).stay();
      }
      return 0;
    } catch (RuntimeException | AssertionError e) {
      out.println("\nThe sandbox failed: " + e.getMessage());
      return 1;
    }
  }
}

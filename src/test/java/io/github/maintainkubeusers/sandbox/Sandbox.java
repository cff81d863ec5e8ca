package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.RealDirectory;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.World;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** One command that shows the main job on a machine that has nothing but a JDK and Maven. */
public final class Sandbox {
  private static final String DIRECTORY = "--directory=";

  private Sandbox() {}

  /** What was asked for; the layout is empty for Toolforge's. */
  private record Request(boolean exit, Optional<RealLayout> layout) {}

  public static void main(String[] arguments) {
    Request request;
    try {
      request = parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "; see bin/sandbox --help");
      System.exit(2);
      return;
    }
    System.exit(run(request, System.out));
  }

  private static Request parse(List<String> arguments) {
    boolean exit = false;
    Optional<RealLayout> layout = Optional.empty();
    for (String argument : arguments) {
      if (argument.equals("--exit")) {
        exit = true;
      } else if (argument.startsWith(DIRECTORY)) {
        layout = layout(argument.substring(DIRECTORY.length()));
      } else {
        throw new IllegalArgumentException("Unknown option: " + argument);
      }
    }
    layout
        .map(RealLayout::make)
        .filter(make -> !make.canRun())
        .ifPresent(
            make -> {
              throw new IllegalArgumentException(make.absence());
            });
    return new Request(exit, layout);
  }

  private static Optional<RealLayout> layout(String name) {
    return switch (name) {
      case "toolforge" -> Optional.empty();
      case "freeipa" -> Optional.of(RealLayout.FREEIPA);
      case "ad" -> Optional.of(RealLayout.AD);
      case "rfc2307" -> Optional.of(RealLayout.RFC2307);
      default -> throw new IllegalArgumentException("Unknown directory: " + name);
    };
  }

  private static int run(Request request, PrintStream out) {
    var narration = new Narration(out);
    var cleanup = new Cleanup();
    Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "cleanup"));
    try (cleanup) {
      narration.chapter("Starting etcd, kube-apiserver and kube-controller-manager");
      ControlPlane plane = cleanup.add(ControlPlane.start());
      narration.say(plane.kubectl().get("version", "--short").strip());
      narration.chapter("Starting an LDAP server with three tools and an admin");
      if (request.layout().isPresent()) {
        RealLayout layout = request.layout().get();
        RealDirectory server = cleanup.add(RealDirectory.start(layout.make()));
        World world = World.create(plane);
        layout.configure(world, server);
        walk(request, world, new LayoutDirectory(layout, server), narration, cleanup, out);
      } else {
        TestLdapServer ldap = cleanup.add(TestLdapServer.start(plane.folder().resolve("ldap")));
        walk(
            request,
            World.create(plane, ldap),
            new ToolforgeDirectory(ldap),
            narration,
            cleanup,
            out);
      }
      return 0;
    } catch (RuntimeException | AssertionError e) {
      out.println("\nThe sandbox failed: " + e.getMessage());
      return 1;
    }
  }

  private static void walk(
      Request request,
      World world,
      SandboxDirectory directory,
      Narration narration,
      Cleanup cleanup,
      PrintStream out) {
    new Walk(world, directory, narration, cleanup).go();
    if (!request.exit() && System.console().isTerminal()) {
      new Playground(world, directory, out).stay();
    }
  }
}

package io.github.maintainkubeusers.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A program of its own, run as the tenant: arguments HOME OUTSIDE WITH-PIPES. Swaps whatever the
 * controller works on, as fast as it can, for links to things outside and for what lies ready in
 * HOME/stash. Runs until it is ended.
 */
final class RaceAttacker {
  private static final List<String> FOLDERS = List.of(".kube", ".toolskube", "logs");
  private static final List<String> FILES =
      List.of(".kube/config", ".toolskube/client.key", ".toolskube/client.crt", "k8s.disabled");

  /** Nothing that the attacker itself could touch. */
  private static final List<String> OUTSIDE =
      List.of("root-secret", "public", "owls-secret", "root-folder", "owls-folder");

  private final Path home;
  private final Path outside;
  private final Random random = new Random();
  private final boolean withPipes;

  private RaceAttacker(Path home, Path outside, boolean withPipes) {
    this.home = home;
    this.outside = outside;
    this.withPipes = withPipes;
  }

  public static void main(String[] args) {
    // A test that is killed must not leave its attackers behind.
    ProcessHandle test = ProcessHandle.current().parent().orElseThrow();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              test.onExit().join();
              Runtime.getRuntime().halt(1);
            });
    List<Thread> threads =
        Stream.generate(
                () ->
                    Thread.ofPlatform()
                        .start(
                            () ->
                                new RaceAttacker(
                                        Path.of(args[0]),
                                        Path.of(args[1]),
                                        Boolean.parseBoolean(args[2]))
                                    .run()))
            .limit(3)
            .toList();
    System.out.println("attacking with " + threads.size() + " threads");
  }

  private void run() {
    while (true) {
      attempt(() -> swapFolder(any(FOLDERS)));
      attempt(() -> swapFile(home.resolve(any(FILES))));
      attempt(this::swapTemporaryFiles);
    }
  }

  private void swapFolder(String name) throws IOException {
    Path folder = home.resolve(name);
    Path aside = home.resolve("aside-" + name);
    attempt(() -> Files.move(folder, aside));
    attempt(() -> put(folder));
    Thread.onSpinWait();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      clear(folder);
    }
    Files.move(aside, folder);
  }

  private void swapFile(Path file) throws IOException {
    attempt(() -> clear(file));
    put(file);
  }

  private void put(Path at) throws IOException {
    if (random.nextBoolean()) {
      Files.createSymbolicLink(at, target());
    } else {
      Files.move(fromStash(), at);
    }
  }

  /** What a tenant cannot make anew goes back to where it came from. */
  private void clear(Path thing) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(thing, "unix:isOther,nlink,isRegularFile", LinkOption.NOFOLLOW_LINKS);
    boolean precious =
        found.get("isOther").equals(true)
            || (found.get("isRegularFile").equals(true) && !found.get("nlink").equals(1));
    if (precious) {
      Files.move(thing, home.resolve("stash/back-" + random.nextLong(Long.MAX_VALUE)));
    } else {
      Files.delete(thing);
    }
  }

  private void swapTemporaryFiles() throws IOException {
    Path folder = home.resolve(any(FOLDERS));
    if (Files.isSymbolicLink(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(path -> path.getFileName().toString().startsWith(".")).toList()) {
        attempt(() -> swapFile(file));
      }
    }
  }

  private Path fromStash() throws IOException {
    try (Stream<Path> things = Files.list(home.resolve("stash"))) {
      List<Path> first = things.limit(50).toList();
      if (first.size() < 50 && withPipes) {
        replenish();
      }
      if (first.isEmpty()) {
        throw new IOException("used up");
      }
      return first.get(random.nextInt(first.size()));
    }
  }

  private void replenish() throws IOException {
    String name = home + "/stash/new-" + random.nextLong(Long.MAX_VALUE);
    for (int i = 0; i < 25; i++) {
      Files.createLink(Path.of(name + "-link-" + i), outside.resolve("foxes-notes"));
    }
    Process _ = new ProcessBuilder("sh", "-c", "mkfifo $(seq -f '" + name + "-%g' 75)").start();
  }

  private Path target() {
    return outside.resolve(any(OUTSIDE));
  }

  private String any(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  private static void attempt(Attack attack) {
    try {
      attack.run();
    } catch (IOException _) {
      // Somebody was faster.
    }
  }

  private interface Attack {
    void run() throws IOException;
  }
}

package io.github.maintainkubeusers.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.linux.Architecture;
import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.linux.NativeKernel;
import io.github.maintainkubeusers.linux.Syscalls;
import io.github.maintainkubeusers.linux.ThreadCredentials;
import io.github.maintainkubeusers.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Two empty roots for homes, two tenants, an admin, and things of others that must not be touched.
 */
final class HomeWorld implements AutoCloseable {
  static final int MAX_BYTES = 64 << 10;

  final Path base;
  final Path tools;
  final Path admins;
  final Account tool;
  final Account neighbour;
  final Account admin;
  private final List<Canary> canaries = new ArrayList<>();
  private final List<Process> kept = new ArrayList<>();
  private Instant now = InstantSource.system().instant();

  HomeWorld() throws IOException {
    assumeTrue(
        FilesystemIdentity.canSwitch(ThreadCredentials.ofThisThread(syscalls())),
        "acting as tenants needs root, or CAP_SETUID and CAP_SETGID");
    base = Files.createTempDirectory("homes");
    Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
    tools = Files.createDirectory(base.resolve("project"));
    admins = Files.createDirectory(base.resolve("home"));
    tool = account(AccountId.tool("fox"), 61001, tools);
    neighbour = account(AccountId.tool("owl"), 61002, tools);
    admin = account(AccountId.admin("ada"), 61003, admins);
    secret("root-secret", 0, 0600);
    secret("public", 0, 0644);
    secret("owls-secret", 61002, 0600);
    secret("foxes-notes", 61001, 0600);
    folder("root-folder", 0, 0755);
    folder("owls-folder", 61002, 0700);
    folder("anybodys-folder", 0, 0777);
  }

  static Kernel kernel() {
    return new NativeKernel(Architecture.current().orElseThrow());
  }

  static Syscalls syscalls() {
    Architecture architecture = Architecture.current().orElseThrow();
    return new Syscalls(new NativeKernel(architecture), architecture);
  }

  Account another(String name, int uid) {
    return account(AccountId.tool(name), uid, tools);
  }

  private static Account account(AccountId id, int uid, Path root) {
    return new Account(
        id, new Uid(uid), new HomePath(root.resolve(id.name().value()).toString()), false);
  }

  private void secret(String name, int uid, int mode) throws IOException {
    Path path = Files.writeString(base.resolve(name), "secret of " + name);
    own(path, uid, mode);
    Files.setAttribute(path, "lastAccessTime", FileTime.fromMillis(1));
  }

  private void folder(String name, int uid, int mode) throws IOException {
    own(Files.createDirectory(base.resolve(name)), uid, mode);
  }

  UnixHomes homes() {
    return homes(
        new NativeKernel(Architecture.current().orElseThrow()),
        settings(Duration.ofSeconds(10), false));
  }

  UnixHomes homes(Kernel kernel, HomeSettings settings) {
    return new UnixHomes(
        settings,
        () -> now,
        new SecureRandom(),
        new Syscalls(kernel, Architecture.current().orElseThrow()));
  }

  HomeSettings settings(Duration deadline, boolean sync) {
    return new HomeSettings(
        Map.of(
            AccountKind.TOOL,
            List.of(new HomePath(tools.toString())),
            AccountKind.ADMIN,
            List.of(new HomePath(admins.toString()))),
        MAX_BYTES,
        2,
        deadline,
        sync);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A path in the home of the tool. */
  Path in(String path) {
    return Path.of(tool.home().value()).resolve(path);
  }

  /** From now on, everything outside the tool's home must stay as it is. */
  void watch() {
    canaries.clear();
    for (String name :
        List.of(
            "root-secret",
            "public",
            "owls-secret",
            "foxes-notes",
            "root-folder",
            "owls-folder",
            "anybodys-folder")) {
      canaries.add(Canary.of(base.resolve(name)));
    }
  }

  void assertNothingTouchedOutside() {
    assertNothingTouchedOutside(Canary::assertUntouched);
  }

  void assertNothingTouchedOutside(Consumer<Canary> check) {
    canaries.forEach(check);
  }

  static void own(Path path, int uid, int mode) throws IOException {
    Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
    if (!Files.isSymbolicLink(path)) {
      // Following links means chmod(2) by path; else the JDK opens what is there, and waits at a
      // named pipe.
      Files.setAttribute(path, "unix:mode", mode);
    }
  }

  Path link(Path path, Path target) throws IOException {
    Files.createSymbolicLink(path, target);
    Files.setAttribute(path, "unix:uid", tool.uid().value(), LinkOption.NOFOLLOW_LINKS);
    return path;
  }

  void fifo(Path path) throws IOException {
    shell("mkfifo '" + path + "'");
    own(path, tool.uid().value(), 0666);
  }

  /** A program that is to run until this world ends; it says something when it is ready. */
  void keep(Process program) throws IOException {
    kept.add(program);
    assertThat(program.getInputStream().read()).isNotNegative();
  }

  void socket(Path path) throws IOException {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
    }
    own(path, tool.uid().value(), 0666);
  }

  static void shell(String script) {
    try {
      Process process = new ProcessBuilder("sh", "-c", script).inheritIO().start();
      assertThat(process.waitFor()).as("%s", script).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Like {@code ls}: {@code uid:gid mode}. */
  static String look(Path path) {
    Map<String, Object> found = Canary.attributesOf(path);
    return found.get("uid")
        + ":"
        + found.get("gid")
        + " "
        + Integer.toOctalString((Integer) found.get("mode") & 07777);
  }

  @Override
  public void close() {
    kept.forEach(Process::destroyForcibly);
    // What was killed may have been in the middle of making something.
    Waiting.until(
        "nothing is left of " + base,
        Duration.ofSeconds(10),
        () -> {
          remove();
          return !Files.exists(base);
        });
  }

  private void remove() {
    try {
      Process process =
          new ProcessBuilder("rm", "-rf", "--one-file-system", base.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Object _ = process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

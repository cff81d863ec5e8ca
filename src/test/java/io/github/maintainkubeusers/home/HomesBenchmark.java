package io.github.maintainkubeusers.home;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.bench.Goal;
import io.github.maintainkubeusers.bench.Row;
import io.github.maintainkubeusers.bench.Sample;
import io.github.maintainkubeusers.linux.ThreadCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a home costs, beside java.nio by path, which any tenant could lead astray, as the measure of
 * what is possible. One caller, one home after another; both ways take turns, so that a noisy
 * machine is noisy for both.
 */
public final class HomesBenchmark {
  private static final int FIRST_UID = 70_000;
  private static final List<HomeWrite> WRITES =
      List.of(
          write(HomeFile.TOOL_KEY, 241),
          write(HomeFile.TOOL_CERTIFICATE, 1_100),
          write(HomeFile.KUBECONFIG, 2_400));

  private final Path base;
  private final int homes;
  private final Map<String, List<Long>> times = new HashMap<>();

  private HomesBenchmark(Path base, int homes) {
    this.base = base;
    this.homes = homes;
  }

  /**
   * @param dir where to work: the filesystem decides much
   */
  public static List<Row> run(Path dir, int homes, int rounds) throws IOException {
    if (!FilesystemIdentity.canSwitch(ThreadCredentials.ofThisThread(HomeWorld.syscalls()))) {
      throw new IllegalStateException(
          "bench homes needs root: it works on the homes of " + FIRST_UID + " and others");
    }
    Path base = Files.createTempDirectory(dir, "bench-homes");
    Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      var benchmark = new HomesBenchmark(base, homes);
      benchmark.round(0);
      benchmark.times.clear();
      for (int round = 1; round <= rounds; round++) {
        benchmark.round(round);
      }
      return benchmark.rows();
    } finally {
      delete(base);
    }
  }

  private void round(int round) throws IOException {
    for (boolean sync : new boolean[] {false, true}) {
      Path root = Files.createDirectory(base.resolve(round + "-" + sync));
      Path ours = Files.createDirectory(root.resolve("ours"));
      Path theirs = Files.createDirectory(root.resolve("nio"));
      var settings =
          new HomeSettings(
              Map.of(AccountKind.TOOL, List.of(new HomePath(ours.toString()))),
              1 << 20,
              1,
              Duration.ofMinutes(1),
              sync);
      try (var unix = UnixHomes.open(settings, InstantSource.system(), new SecureRandom())) {
        var nio = new PlainHomes(sync);
        for (String work : new String[] {"fresh", "unchanged"}) {
          String measured = work + sync;
          eachHome(
              ours,
              theirs,
              measured,
              account -> {
                unix.prepare(account);
                if (unix.write(account, WRITES).isEmpty() == work.equals("fresh")) {
                  throw new IllegalStateException(work + " it is not");
                }
              },
              nio::provision);
        }
        eachHome(
            ours,
            theirs,
            "read" + sync,
            account -> unix.read(account, EnumSet.allOf(HomeFile.class)),
            nio::read);
      }
      delete(root);
    }
  }

  private void eachHome(
      Path ours, Path theirs, String name, Consumer<Account> resolver, Consumer<Account> plain) {
    for (int i = 0; i < homes; i++) {
      int uid = FIRST_UID + i;
      time(name + " ours", () -> resolver.accept(account(ours, uid)));
      time(name + " nio", () -> plain.accept(account(theirs, uid)));
    }
  }

  private static Account account(Path root, int uid) {
    return new Account(
        AccountId.tool("tool-" + uid), new Uid(uid), new HomePath(root + "/tool-" + uid), false);
  }

  private void time(String name, Runnable work) {
    long start = System.nanoTime();
    work.run();
    times.computeIfAbsent(name, _ -> new ArrayList<>()).add(System.nanoTime() - start);
  }

  private List<Row> rows() throws IOException {
    String where = ", on " + filesystem();
    return List.of(
        row("fresh: four folders and three files made" + where, "fresh", false),
        row("fresh, with fsync" + where, "fresh", true),
        row("unchanged: folders and files found as they should be" + where, "unchanged", false),
        row("unchanged, with fsync" + where, "unchanged", true),
        row("read: the three files" + where, "read", false));
  }

  private Row row(String work, String name, boolean sync) {
    return Row.beside(
        "home, " + work,
        "ms",
        sample(name + sync + " ours"),
        sample(name + sync + " nio"),
        new Goal.None());
  }

  private Sample sample(String name) {
    return new Sample(times.get(name).stream().map(nanos -> nanos / 1e6).toList());
  }

  /** The longest mount point that the folder is below. */
  private String filesystem() throws IOException {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
      return mounts
          .map(line -> line.split(" ", -1))
          .filter(mount -> base.startsWith(mount[1]))
          .max(Comparator.comparingInt(mount -> mount[1].length()))
          .map(mount -> mount[2])
          .orElse("unknown filesystem");
    }
  }

  private static HomeWrite write(HomeFile file, int bytes) {
    byte[] content = new byte[bytes];
    Arrays.fill(content, (byte) 'x');
    return new HomeWrite(file, content, Optional.empty());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** The same by path, as root, for a world without tenants. */
  private record PlainHomes(boolean sync) {
    void provision(Account account) {
      try {
        Path home = Path.of(account.home().value());
        int uid = account.uid().value();
        boolean made = folder(home, uid, 02775);
        made |= folder(home.resolve("logs"), uid, 02775);
        made |= folder(home.resolve(".kube"), uid, 0755);
        made |= folder(home.resolve(".toolskube"), uid, 0755);
        for (HomeWrite write : WRITES) {
          Path file = home.resolve(write.file().toString());
          if (made || !isInPlace(file, uid, write)) {
            write(file, uid, write);
          }
        }
        if (made && sync) {
          for (Path folder : List.of(home, home.resolve(".kube"), home.resolve(".toolskube"))) {
            force(folder);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void read(Account account) {
      WRITES.forEach(
          write -> {
            try {
              byte[] _ =
                  Files.readAllBytes(Path.of(account.home().value(), write.file().toString()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }

    private static boolean folder(Path path, int uid, int mode) throws IOException {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      Files.createDirectory(path);
      HomeWorld.own(path, uid, mode);
      return true;
    }

    private static boolean isInPlace(Path file, int uid, HomeWrite write) throws IOException {
      try {
        Map<String, Object> found =
            Files.readAttributes(file, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        return found.equals(Map.of("uid", uid, "mode", 0100000 | write.file().mode()))
            && Arrays.equals(Files.readAllBytes(file), write.content());
      } catch (NoSuchFileException _) {
        return false;
      }
    }

    private void write(Path file, int uid, HomeWrite write) throws IOException {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      try (var channel = FileChannel.open(draft, CREATE_NEW, WRITE)) {
        HomeWorld.own(draft, uid, write.file().mode());
        int _ = channel.write(ByteBuffer.wrap(write.content()));
        if (sync) {
          channel.force(true);
        }
      }
      Path _ = Files.move(draft, file, ATOMIC_MOVE);
    }

    private static void force(Path folder) throws IOException {
      try (var channel = FileChannel.open(folder, READ)) {
        channel.force(true);
      }
    }
  }
}

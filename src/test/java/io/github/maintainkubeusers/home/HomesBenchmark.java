package io.github.maintainkubeusers.home;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;

/**
 * A program: what a home costs, beside java.nio by path, which any tenant could lead astray, as the measure of what is
 * possible. One caller, one home after another; both ways take turns, so that a noisy machine is noisy for both.
 */
final class HomesBenchmark {
    private static final int FIRST_UID = 70_000;
    private static final List<HomeWrite> WRITES = List.of(write(HomeFile.TOOL_KEY, 241),
            write(HomeFile.TOOL_CERTIFICATE, 1_100), write(HomeFile.KUBECONFIG, 2_400));

    private final Path base;
    private final int homes;
    private final Map<String, List<Long>> times = new HashMap<>();

    private HomesBenchmark(Path base, int homes) {
        this.base = base;
        this.homes = homes;
    }

    public static void main(String[] args) throws IOException {
        Map<String, String> options = options(args);
        int rounds = Integer.parseInt(options.getOrDefault("rounds", "5"));
        if (!Identity.canSwitch(Credentials.ofThisThread(HomeWorld.syscalls()))) {
            System.err.println("bench homes needs root: it works on the homes of " + FIRST_UID + " and others");
            System.exit(1);
        }
        Path base = Files.createTempDirectory(Path.of(options.getOrDefault("dir", "/tmp")), "bench-homes");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            var benchmark = new HomesBenchmark(base, Integer.parseInt(options.getOrDefault("homes", "200")));
            benchmark.round(0);
            benchmark.times.clear();
            for (int round = 1; round <= rounds; round++) {
                benchmark.round(round);
            }
            benchmark.print(rounds);
        } finally {
            delete(base);
        }
    }

    private static Map<String, String> options(String... args) {
        Map<String, String> options = new HashMap<>();
        for (String arg : args) {
            String[] parts = arg.split("=", 2);
            if (!arg.matches("--(dir|homes|rounds)=.+")) {
                System.err.println("unknown option " + arg + "; see bin/bench --help");
                System.exit(2);
            }
            options.put(parts[0].substring(2), parts[1]);
        }
        return options;
    }

    private void round(int round) throws IOException {
        for (boolean sync : new boolean[]{false, true}) {
            Path root = Files.createDirectory(base.resolve(round + "-" + sync));
            Path ours = Files.createDirectory(root.resolve("ours"));
            Path theirs = Files.createDirectory(root.resolve("nio"));
            var settings = new HomeSettings(Map.of(AccountKind.TOOL, List.of(new HomePath(ours.toString()))), 1 << 20,
                    1,
                    Duration.ofMinutes(1), sync);
            try (var unix = UnixHomes.open(settings, InstantSource.system(), new SecureRandom())) {
                var nio = new PlainHomes(sync);
                for (String work : new String[]{"fresh", "unchanged"}) {
                    String measured = work + sync;
                    eachHome(ours, theirs, measured, account -> {
                        unix.prepare(account);
                        if (unix.write(account, WRITES).isEmpty() == work.equals("fresh")) {
                            throw new IllegalStateException(work + " it is not");
                        }
                    }, nio::provision);
                }
                eachHome(ours, theirs, "read" + sync, account -> unix.read(account, EnumSet.allOf(HomeFile.class)),
                        nio::read);
            }
            delete(root);
        }
    }

    private void eachHome(Path ours, Path theirs, String name, Consumer<Account> way, Consumer<Account> plain) {
        for (int i = 0; i < homes; i++) {
            int uid = FIRST_UID + i;
            time(name + " ours", () -> way.accept(account(ours, uid)));
            time(name + " nio", () -> plain.accept(account(theirs, uid)));
        }
    }

    private static Account account(Path root, int uid) {
        return new Account(AccountId.tool("tool-" + uid), new Uid(uid), new HomePath(root + "/tool-" + uid), false);
    }

    private void time(String name, Runnable work) {
        long start = System.nanoTime();
        work.run();
        times.computeIfAbsent(name, _ -> new ArrayList<>()).add(System.nanoTime() - start);
    }

    private void print(int rounds) throws IOException {
        System.out.printf("%s homes in each of %s rounds, after one to warm up. %s; Linux %s; %s cores; Java %s.%n%n",
                homes, rounds, filesystem(), System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"));
        System.out.println("| one home | fsync | this program: median (10 % to 90 %) | java.nio by path | ratio |");
        System.out.println("|---|---|---|---|---|");
        row("fresh: four folders and three files made", "fresh", false);
        row("fresh: four folders and three files made", "fresh", true);
        row("unchanged: folders and files found as they should be", "unchanged", false);
        row("unchanged: folders and files found as they should be", "unchanged", true);
        row("read: the three files", "read", false);
    }

    private void row(String work, String name, boolean sync) {
        long[] ours = sorted(name + sync + " ours");
        long[] nio = sorted(name + sync + " nio");
        System.out.printf(Locale.ROOT, "| %s | %s | %s | %s | %.2f |%n", work, sync ? "yes" : "no", figures(ours),
                figures(nio), (double) median(ours) / median(nio));
    }

    private static String figures(long... sorted) {
        return String.format(Locale.ROOT, "%.3f ms (%.3f to %.3f)", median(sorted) / 1e6,
                sorted[sorted.length / 10] / 1e6, sorted[sorted.length * 9 / 10] / 1e6);
    }

    private static long median(long... sorted) {
        return sorted[sorted.length / 2];
    }

    private long[] sorted(String name) {
        return times.get(name).stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** The longest mount point that the folder is below. */
    private String filesystem() throws IOException {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            return mounts.map(line -> line.split(" ", -1)).filter(mount -> base.startsWith(mount[1]))
                    .max(Comparator.comparingInt(mount -> mount[1].length()))
                    .map(mount -> mount[2] + " (" + mount[3] + ")").orElse("unknown filesystem");
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
            WRITES.forEach(write -> {
                try {
                    byte[] _ = Files.readAllBytes(Path.of(account.home().value(), write.file().toString()));
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
                Map<String, Object> found = Files.readAttributes(file, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
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

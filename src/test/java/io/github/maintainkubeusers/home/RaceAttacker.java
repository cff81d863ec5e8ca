package io.github.maintainkubeusers.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A program of its own, run as the tenant: arguments HOME OUTSIDE. Swaps whatever the controller works on, as fast as
 * it can, for links to things outside and for what lies ready in HOME/stash. Runs until it is ended.
 */
final class RaceAttacker {
    private static final List<String> FOLDERS = List.of(".kube", ".toolskube", "logs");
    private static final List<String> FILES = List.of(".kube/config", ".toolskube/client.key",
            ".toolskube/client.crt", "k8s.disabled");
    /** Nothing that the attacker itself could touch. */
    private static final List<String> OUTSIDE = List.of("root-secret", "public", "owls-secret", "root-folder",
            "owls-folder");

    private final Path home;
    private final Path outside;
    private final Random random = new Random();

    private RaceAttacker(Path home, Path outside) {
        this.home = home;
        this.outside = outside;
    }

    public static void main(String[] args) {
        List<Thread> threads = Stream
                .generate(() -> Thread.ofPlatform()
                        .start(() -> new RaceAttacker(Path.of(args[0]), Path.of(args[1])).run()))
                .limit(3).toList();
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
        attempt(() -> Files.createSymbolicLink(folder, target()));
        Thread.onSpinWait();
        if (Files.isSymbolicLink(folder)) {
            Files.delete(folder);
        }
        Files.move(aside, folder);
    }

    private void swapFile(Path file) throws IOException {
        attempt(() -> Files.deleteIfExists(file));
        if (random.nextBoolean()) {
            Files.createSymbolicLink(file, target());
        } else {
            Files.move(fromStash(), file);
        }
    }

    private void swapTemporaryFiles() throws IOException {
        Path folder = home.resolve(any(FOLDERS));
        if (Files.isSymbolicLink(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(".")).toList()) {
                attempt(() -> swapFile(file));
            }
        }
    }

    private Path fromStash() throws IOException {
        try (Stream<Path> things = Files.list(home.resolve("stash"))) {
            return things.skip(random.nextInt(50)).findFirst().orElseThrow(() -> new IOException("used up"));
        }
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

package io.github.maintainkubeusers.home;

import static io.github.maintainkubeusers.home.HomeFile.KUBECONFIG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What happens to real NFS, where the test is at the server and another client too: {@code dev/nfs} runs it. The system
 * properties name the folder on NFS ({@code nfs.folder}), the same as another client has it ({@code nfs.otherClient}),
 * the same on the server ({@code nfs.onServer}), and a command that takes the network away, or gives it back, as its
 * argument is {@code lost} or {@code back} ({@code nfs.network}).
 */
class NfsFaultsTest {
    private static final int UID = 61_001;
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    /** TCP sends anew at growing intervals: a loss of some seconds is over for it a while after its end. */
    private static final Duration BACK = Duration.ofSeconds(30);

    /** Each test has a home of its own: clients remember for a while what stood where. */
    private static final AtomicInteger HOMES = new AtomicInteger();

    private Path root;
    private Path otherClient;
    private Path onServer;
    private UnixHomes homes;
    private Account fox;

    @BeforeEach
    void open() {
        assumeTrue(System.getProperty("nfs.onServer") != null, "dev/nfs runs this");
        root = Path.of(System.getProperty("nfs.folder"));
        otherClient = Path.of(System.getProperty("nfs.otherClient"));
        onServer = Path.of(System.getProperty("nfs.onServer"));
        fox = account("nfs-" + HOMES.incrementAndGet());
        HomeWorld.shell(makeHome(fox));
        homes = UnixHomes.open(new HomeSettings(Map.of(AccountKind.TOOL, List.of(new HomePath(root.toString()))),
                1 << 20, 2, DEADLINE, true), InstantSource.system(), new SecureRandom());
    }

    @AfterEach
    void close() {
        if (homes != null) {
            HomeWorld.shell(System.getProperty("nfs.network") + " back");
            homes.close();
        }
    }

    @Test
    void seesAtOnceWhatItsOwnerWroteOnAnotherHostAndNeverWritesOverIt() {
        homes.prepare(fox);
        byte[] before = "before".getBytes(UTF_8);
        write(before, Optional.empty());
        for (int round = 1; round <= 20; round++) {
            byte[] theirs = ("theirs " + round).getBytes(UTF_8);
            elsewhere("printf \"theirs " + round + "\" > .kube/new && mv .kube/new .kube/config");

            byte[] read = before;
            assertThatExceptionOfType(HomeException.class).as("round %s", round)
                    .isThrownBy(() -> write("ours".getBytes(UTF_8), Optional.of(read)))
                    .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.CHANGED));
            assertThat(homes.read(fox, Set.of(KUBECONFIG))).containsEntry(KUBECONFIG, theirs);
            before = theirs;
        }
    }

    @Test
    void findsAFolderThatItsOwnerMadeAnewOnAnotherHost() {
        homes.prepare(fox);
        write("one".getBytes(UTF_8), Optional.empty());
        elsewhere("rm -rf .kube && mkdir .kube && printf two > .kube/config");

        assertThat(homes.read(fox, Set.of(KUBECONFIG))).containsEntry(KUBECONFIG, "two".getBytes(UTF_8));
        write("three".getBytes(UTF_8), Optional.of("two".getBytes(UTF_8)));

        assertThat(HomeWorld.look(onServer.resolve(fox.id().name() + "/.kube/config")))
                .isEqualTo(UID + ":" + UID + " 600");
    }

    @Test
    void findsARootThatWasMadeAnewOnTheServer() {
        homes.prepare(fox);
        HomeWorld.shell("rm -rf " + onServer + " && install -d -m 755 " + onServer + " && " + makeHome(fox));

        homes.prepare(fox);
        write("one".getBytes(UTF_8), Optional.empty());
    }

    @Test
    void findsAHomeThatWasMissingAMomentAgo() {
        Account owl = account("nfs-owl");
        assertThatExceptionOfType(HomeException.class).isThrownBy(() -> homes.prepare(owl));
        HomeWorld.shell(makeHome(owl));

        homes.prepare(owl);
    }

    @Test
    void fromALossOfTheNetworkNothingIsLeft() {
        homes.prepare(fox);
        write("one".getBytes(UTF_8), Optional.empty());
        HomeWorld.shell(System.getProperty("nfs.network") + " lost");
        long begun = System.nanoTime();
        HomeException failure = catchThrowableOfType(HomeException.class,
                () -> write("two".getBytes(UTF_8), Optional.empty()));
        Duration waited = Duration.ofNanos(System.nanoTime() - begun);
        HomeWorld.shell(System.getProperty("nfs.network") + " back");

        assertThat(failure).as("without a network").isNotNull();
        assertThat(failure.fault()).isEqualTo(HomeFault.NO_ANSWER);
        assertThat(waited).isLessThan(DEADLINE.multipliedBy(3));
        begun = System.nanoTime();
        Waiting.until("homes are served again", BACK, () -> {
            try {
                write("three".getBytes(UTF_8), Optional.empty());
                return true;
            } catch (HomeException e) {
                return false;
            }
        });
        System.out.printf("     served again %.1f s after the network was back%n", (System.nanoTime() - begun) / 1e9);
        assertThat(homes.read(fox, Set.of(KUBECONFIG))).containsEntry(KUBECONFIG, "three".getBytes(UTF_8));
        Waiting.until("no temporary file is left", BACK,
                () -> List.of("config").equals(List.of(onServer.resolve(fox.id().name() + "/.kube").toFile().list())));
    }

    private void write(byte[] content, Optional<byte[]> before) {
        Object _ = homes.write(fox,
                List.of(new HomeWrite(KUBECONFIG, content, before.flatMap(known -> Optional.of(Optional.of(known))))));
    }

    private void elsewhere(String script) {
        HomeWorld.shell("cd " + otherClient + "/" + fox.id().name() + " && setpriv --reuid=" + UID + " --regid=" + UID
                + " --clear-groups sh -c '" + script + "'");
    }

    private String makeHome(Account account) {
        return "install -d -o " + UID + " -g " + UID + " -m 755 " + onServer.resolve(account.id().name().value());
    }

    private Account account(String name) {
        return new Account(AccountId.tool(name), new Uid(UID), new HomePath(root + "/" + name), false);
    }
}

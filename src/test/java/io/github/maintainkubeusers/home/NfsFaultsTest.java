package io.github.maintainkubeusers.home;

import static io.github.maintainkubeusers.home.HomeFile.KUBECONFIG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.Waiting;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What happens to real NFS, where the test is at the server and another client too: {@code dev/nfs}
 * runs it. The system properties name the folder on NFS ({@code nfs.folder}), the same as another
 * client has it ({@code nfs.otherClient}), the same from a server that takes everybody for nobody
 * ({@code nfs.allSquashed}), the same on the server ({@code nfs.onServer}), and a command that
 * takes the network away, or gives it back, as its argument is {@code lost} or {@code back} ({@code
 * nfs.network}).
 */
class NfsFaultsTest {
  private static final int UID = 61_001;
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  /**
   * TCP sends anew at growing intervals: a loss of some seconds is over for it a while after its
   * end. Shorter than the rest of a root that is not asked any more.
   */
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
    fox = another();
    homes = homesBelow(root.toString());
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
      assertThatExceptionOfType(HomeException.class)
          .as("round %s", round)
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

    assertThat(homes.read(fox, Set.of(KUBECONFIG)))
        .containsEntry(KUBECONFIG, "two".getBytes(UTF_8));
    write("three".getBytes(UTF_8), Optional.of("two".getBytes(UTF_8)));

    assertThat(HomeWorld.look(onServer.resolve(fox.id().name() + "/.kube/config")))
        .isEqualTo(UID + ":" + UID + " 600");
  }

  @Test
  void findsARootThatWasMadeAnewOnTheServer() {
    homes.prepare(fox);
    HomeWorld.shell(
        "rm -rf " + onServer + " && install -d -m 755 " + onServer + " && " + makeHome(fox));

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

  /**
   * So many accounts without an answer that the root is not asked any more; what comes back late
   * says that it is.
   */
  @Test
  void fromALossOfTheNetworkNothingIsLeft() {
    Account spare = another();
    List<Account> all = List.of(fox, another(), another());
    all.forEach(
        account -> {
          homes.prepare(account);
          write(account, "one");
        });
    HomeWorld.shell(System.getProperty("nfs.network") + " lost");
    all.forEach(this::assertUnanswered);
    HomeException refused = catchThrowableOfType(HomeException.class, () -> homes.prepare(spare));
    HomeWorld.shell(System.getProperty("nfs.network") + " back");
    assertThat(refused).hasMessageContaining("not asked for now");

    long begun = System.nanoTime();
    all.forEach(
        account -> {
          Waiting.until(account + " is served again", BACK, () -> isServed(account));
          assertThat(homes.read(account, Set.of(KUBECONFIG)))
              .containsEntry(KUBECONFIG, "three".getBytes(UTF_8));
          Waiting.until(
              "no temporary file is left",
              BACK,
              () ->
                  List.of("config")
                      .equals(
                          List.of(
                              onServer.resolve(account.id().name() + "/.kube").toFile().list())));
        });
    System.out.printf(
        "     served again %.1f s after the network was back%n", (System.nanoTime() - begun) / 1e9);
  }

  /**
   * A server that takes everybody for nobody: the modes allow the owner all, and the server
   * nothing.
   */
  @ParameterizedTest
  @ValueSource(strings = {"755", "700"})
  void saysThatAServerWhichTakesAllForNobodyIsForItsOperatorToMend(String mode) {
    HomeWorld.shell("chmod " + mode + " " + onServer.resolve(fox.id().name().value()));
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> prepareBelow(System.getProperty("nfs.allSquashed")))
        .withMessageContaining("(all_squash?)")
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.SYSTEM));
  }

  @Test
  void saysThatARootNobodyCanPassThroughIsForItsOperatorToOpen() {
    HomeWorld.shell(
        "install -d -m 700 " + onServer + "/closed && " + makeHome(onServer + "/closed", fox));
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> prepareBelow(root + "/closed"))
        .withMessageContaining("everybody must be able to pass through it (chmod o+x)")
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.SYSTEM));
  }

  private void prepareBelow(String folder) {
    try (UnixHomes there = homesBelow(folder)) {
      there.prepare(
          new Account(fox.id(), fox.uid(), new HomePath(folder + "/" + fox.id().name()), false));
    }
  }

  private void assertUnanswered(Account account) {
    long begun = System.nanoTime();
    assertThatExceptionOfType(HomeException.class)
        .as("%s without a network", account)
        .isThrownBy(() -> write(account, "two"))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.NO_ANSWER));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DEADLINE.multipliedBy(3));
  }

  private boolean isServed(Account account) {
    try {
      write(account, "three");
      return true;
    } catch (HomeException e) {
      return false;
    }
  }

  private Account another() {
    Account account = account("nfs-" + HOMES.incrementAndGet());
    HomeWorld.shell(makeHome(account));
    return account;
  }

  private static UnixHomes homesBelow(String root) {
    return UnixHomes.open(
        new HomeSettings(
            Map.of(AccountKind.TOOL, List.of(new HomePath(root))), 1 << 20, 2, DEADLINE, true),
        InstantSource.system(),
        new SecureRandom());
  }

  private void write(Account account, String content) {
    Object _ =
        homes.write(
            account, List.of(new HomeWrite(KUBECONFIG, content.getBytes(UTF_8), Optional.empty())));
  }

  private void write(byte[] content, Optional<byte[]> before) {
    Object _ =
        homes.write(
            fox,
            List.of(
                new HomeWrite(
                    KUBECONFIG,
                    content,
                    before.flatMap(known -> Optional.of(Optional.of(known))))));
  }

  private void elsewhere(String script) {
    HomeWorld.shell(
        "cd "
            + otherClient
            + "/"
            + fox.id().name()
            + " && setpriv --reuid="
            + UID
            + " --regid="
            + UID
            + " --clear-groups sh -c '"
            + script
            + "'");
  }

  private String makeHome(Account account) {
    return makeHome(onServer.toString(), account);
  }

  private static String makeHome(String folder, Account account) {
    return "install -d -o " + UID + " -g " + UID + " -m 755 " + folder + "/" + account.id().name();
  }

  private Account account(String name) {
    return new Account(AccountId.tool(name), new Uid(UID), new HomePath(root + "/" + name), false);
  }
}

package io.github.maintainkubeusers.home;

import static io.github.maintainkubeusers.home.HomeFile.KUBECONFIG;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_CERTIFICATE;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * On real NFS whose server squashes root, on machines that have it: the system property {@code
 * nfs.folder} names a folder of root's on it, in which {@code nfs-fox} is an empty home that
 * belongs to an ordinary user and its group.
 */
class NfsTest {
  private Path root;
  private Account fox;
  private UnixHomes homes;

  @BeforeEach
  void open() throws IOException {
    String folder = System.getProperty("nfs.folder");
    assumeTrue(
        folder != null,
        "opt in with -Dnfs.folder=FOLDER, a folder on NFS with root_squash (docs/homes.md)");
    root = Path.of(folder);
    assertThat(Files.getFileStore(root).type()).as("the filesystem of %s", root).startsWith("nfs");
    assertThatExceptionOfType(AccessDeniedException.class)
        .as("root_squash on %s", root)
        .isThrownBy(() -> Files.createDirectory(root.resolve("made-by-root")));
    fox = account("nfs-fox", (Integer) Files.getAttribute(root.resolve("nfs-fox"), "unix:uid"));
    homes =
        UnixHomes.open(
            new HomeSettings(
                Map.of(AccountKind.TOOL, List.of(new HomePath(folder))),
                1 << 20,
                2,
                Duration.ofSeconds(30),
                true),
            InstantSource.system(),
            new SecureRandom());
    sweepHome();
  }

  @AfterEach
  void close() {
    if (homes != null) {
      homes.close();
      sweepHome();
    }
  }

  @Test
  void aHomeThatExistsIsProvisionedThoughRootIsNobodyThere() {
    homes.prepare(fox);

    assertThat(
            homes.write(
                fox,
                List.of(
                    write(TOOL_KEY, "key"),
                    write(TOOL_CERTIFICATE, "certificate"),
                    write(KUBECONFIG, "one"))))
        .hasSize(3);
    homes.markDisabled(fox, true);

    String owner = fox.uid() + ":" + fox.uid() + " ";
    assertThat(look("logs")).isEqualTo(owner + "2775");
    assertThat(look(".kube")).isEqualTo(owner + "755");
    assertThat(look(".kube/config")).isEqualTo(owner + "600");
    assertThat(look(".toolskube/client.key")).isEqualTo(owner + "400");
    assertThat(look("k8s.disabled")).isEqualTo(owner + "644");
    assertThat(homes.read(fox, Set.of(KUBECONFIG)))
        .containsEntry(KUBECONFIG, "one".getBytes(UTF_8));
    assertThat(root.resolve("nfs-fox/.kube").toFile().list()).containsExactly("config");
  }

  @Test
  void whatIsThereIsReplacedAndNothingIsLeftBehind() {
    homes.prepare(fox);
    for (int round : IntStream.range(0, 50).toArray()) {
      assertThat(homes.write(fox, List.of(write(KUBECONFIG, "round " + round))))
          .containsExactly(KUBECONFIG);
    }
    assertThat(homes.write(fox, List.of(write(KUBECONFIG, "round 49")))).isEmpty();
    assertThat(root.resolve("nfs-fox/.kube").toFile().list()).containsExactly("config");
  }

  @Test
  void aLinkIsNotFollowed() {
    asFox("ln -s /etc/passwd .kube");
    homes.prepare(fox); // credentials are not withheld
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.write(fox, List.of(write(KUBECONFIG, "one"))))
        .withMessageContaining("it is a symbolic link");
  }

  @Test
  void aHomeThatIsMissingCannotBeMadeByNobody() {
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.prepare(account("nfs-owl", fox.uid().value())))
        .withMessageStartingWith(
            "could not create " + root + "/nfs-owl of tool nfs-owl: Permission denied (EACCES); ")
        .withMessageContaining("(root_squash)")
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.SYSTEM));
  }

  /**
   * A server answers some thousand calls a second to all its clients, and a pass over all homes is
   * not to take them. The calls are those that the kernel counts for the mount.
   */
  @Test
  void asksTheServerSeldom() throws IOException {
    List<HomeWrite> credentials =
        List.of(
            write(TOOL_KEY, "key"),
            write(TOOL_CERTIFICATE, "certificate"),
            write(KUBECONFIG, "one"));

    // The least of some rounds, because what the kernel remembers of a server grows old meanwhile.
    long fresh = Long.MAX_VALUE;
    long unchanged = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      sweepHome();
      fresh = Math.min(fresh, callsOf(credentials, 3));
      unchanged = Math.min(unchanged, callsOf(credentials, 0));
    }

    assertThat(fresh).as("calls for a fresh home").isLessThanOrEqualTo(42);
    assertThat(unchanged).as("calls for an unchanged home").isLessThanOrEqualTo(14);
  }

  private long callsOf(List<HomeWrite> credentials, int changed) throws IOException {
    long before = calls();
    homes.prepare(fox);
    assertThat(homes.write(fox, credentials)).hasSize(changed);
    return calls() - before;
  }

  /** The calls of the mount that {@link #root} is on, so far. */
  private long calls() throws IOException {
    var mount = Pattern.compile("device \\S+ mounted on (\\S+) with fstype (\\S+).*");
    var operation = Pattern.compile("\\s+[A-Z_]+: (\\d+) .*");
    long calls = 0;
    boolean ours = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/mountstats"))) {
      Matcher device = mount.matcher(line);
      Matcher count = operation.matcher(line);
      if (device.matches()) {
        ours = root.startsWith(device.group(1)) && device.group(2).startsWith("nfs");
      } else if (ours && count.matches()) {
        calls += Long.parseLong(count.group(1));
      }
    }
    assertThat(calls).as("calls that the kernel has counted").isPositive();
    return calls;
  }

  private Account account(String name, int uid) {
    return new Account(AccountId.tool(name), new Uid(uid), new HomePath(root + "/" + name), false);
  }

  private String look(String path) {
    return HomeWorld.look(root.resolve("nfs-fox").resolve(path));
  }

  private void sweepHome() {
    asFox("rm -rf logs .kube .toolskube k8s.disabled .maintain-kubeusers-*");
  }

  private void asFox(String script) {
    HomeWorld.shell(
        "cd '"
            + root
            + "/nfs-fox' && setpriv --reuid="
            + fox.uid()
            + " --regid="
            + fox.uid()
            + " --clear-groups sh -c '"
            + script
            + "'");
  }

  private static HomeWrite write(HomeFile file, String content) {
    return new HomeWrite(file, content.getBytes(UTF_8), Optional.empty());
  }
}

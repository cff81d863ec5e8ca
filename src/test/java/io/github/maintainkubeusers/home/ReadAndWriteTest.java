package io.github.maintainkubeusers.home;

import static io.github.maintainkubeusers.home.HomeFile.KUBECONFIG;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_CERTIFICATE;
import static io.github.maintainkubeusers.home.HomeFile.TOOL_KEY;
import static io.github.maintainkubeusers.home.HomeWorld.look;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.linux.Architecture;
import io.github.maintainkubeusers.linux.FileStatus;
import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.linux.NativeKernel;
import io.github.maintainkubeusers.linux.SystemCall;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@RootOnly
class ReadAndWriteTest {
  private HomeWorld world;
  private UnixHomes homes;

  @BeforeEach
  void open() throws IOException {
    world = new HomeWorld();
    homes =
        world.homes(
            new NativeKernel(Architecture.current().orElseThrow()),
            world.settings(Duration.ofSeconds(10), true));
  }

  @AfterEach
  void close() {
    homes.close();
    world.close();
  }

  @Test
  void writesKeyCertificateAndKubeconfigForTheOwnerAlone() {
    homes.prepare(world.tool);

    Set<HomeFile> changed =
        homes.write(
            world.tool,
            List.of(
                write(TOOL_KEY, "key"),
                write(TOOL_CERTIFICATE, "cert"),
                write(KUBECONFIG, "config")));

    assertThat(changed).containsExactlyInAnyOrder(TOOL_KEY, TOOL_CERTIFICATE, KUBECONFIG);
    assertThat(look(world.in(".toolskube/client.key"))).isEqualTo("61001:61001 400");
    assertThat(look(world.in(".toolskube/client.crt"))).isEqualTo("61001:61001 400");
    assertThat(look(world.in(".kube/config"))).isEqualTo("61001:61001 600");
    assertThat(world.in(".toolskube/client.key")).hasContent("key");
    assertThat(world.in(".toolskube").toFile().list())
        .containsExactlyInAnyOrder("client.key", "client.crt");
    assertThat(world.in(".kube").toFile().list()).containsExactly("config");
  }

  @Test
  void readsWhatThereIs() {
    homes.prepare(world.tool);
    assertThat(homes.read(world.tool, Set.of(KUBECONFIG, TOOL_KEY))).isEmpty();

    homes.write(world.tool, List.of(write(KUBECONFIG, "config"), write(TOOL_CERTIFICATE, "")));

    assertThat(homes.read(world.tool, Set.of(HomeFile.values())))
        .containsOnlyKeys(KUBECONFIG, TOOL_CERTIFICATE)
        .containsEntry(KUBECONFIG, "config".getBytes(UTF_8))
        .containsEntry(TOOL_CERTIFICATE, new byte[0]);
  }

  @Test
  void readsNothingWhereThereIsNoHome() {
    assertThat(homes.read(world.tool, Set.of(KUBECONFIG))).isEmpty();
  }

  @Test
  void doesNotWriteWhereThereIsNoHomeOrFolder() throws IOException {
    assertFails(
        HomeFault.CHANGED,
        "could not write to " + world.in("") + " of tool fox: there is no such directory",
        write(KUBECONFIG, "x"));
    HomeWorld.own(Files.createDirectory(world.in("")), 61001, 0755);
    assertFails(
        HomeFault.CHANGED,
        "could not write to " + world.in(".kube") + " of tool fox: there is no such directory",
        write(KUBECONFIG, "x"));
    assertThat(world.in("")).isEmptyDirectory();
  }

  @Test
  void doesNotRewriteWhatIsThereAlready() {
    homes.prepare(world.tool);
    List<HomeWrite> writes = List.of(write(TOOL_KEY, "key"), write(KUBECONFIG, "config"));
    homes.write(world.tool, writes);
    Canary key = Canary.of(world.in(".toolskube/client.key"));
    Canary config = Canary.of(world.in(".kube/config"));
    Canary folder = Canary.of(world.in(".kube"));

    assertThat(homes.write(world.tool, writes)).isEmpty();

    assertThat(withoutAccess(key)).isEqualTo(withoutAccess(Canary.of(key.path())));
    assertThat(withoutAccess(config)).isEqualTo(withoutAccess(Canary.of(config.path())));
    assertThat(withoutAccess(folder)).isEqualTo(withoutAccess(Canary.of(folder.path())));
  }

  @Test
  void replacesAFileWithAnotherMode() throws IOException {
    homes.prepare(world.tool);
    for (int mode : new int[] {0, 0644, 0600}) {
      homes.write(world.tool, List.of(write(TOOL_KEY, "key")));
      Files.setAttribute(world.in(".toolskube/client.key"), "unix:mode", mode);
      assertThat(homes.write(world.tool, List.of(write(TOOL_KEY, "key"))))
          .containsExactly(TOOL_KEY);
      assertThat(look(world.in(".toolskube/client.key"))).isEqualTo("61001:61001 400");
    }
  }

  @Test
  void writesOnlyOverWhatTheNewContentWasMadeFrom() {
    homes.prepare(world.tool);
    homes.write(world.tool, List.of(replacing(null, "one")));
    homes.write(world.tool, List.of(replacing("one", "two")));
    assertThat(world.in(".kube/config")).hasContent("two");

    String message =
        "could not write " + world.in(".kube/config") + " of tool fox: it was changed meanwhile";
    assertFails(HomeFault.CHANGED, message, write(TOOL_KEY, "key"), replacing("one", "three"));
    assertFails(HomeFault.CHANGED, message, write(TOOL_KEY, "key"), replacing(null, "three"));

    assertThat(world.in(".kube/config")).hasContent("two");
    assertThat(world.in(".toolskube")).isEmptyDirectory();
    assertThat(world.in(".kube").toFile().list()).containsExactly("config");
  }

  /** As "all_squash" does on NFS, or a filesystem that knows no modes. */
  @ParameterizedTest
  @ValueSource(ints = {20, 28})
  @SuppressWarnings("restricted")
  void refusesToPutInPlaceWhatTheFilesystemGivesAnotherOwnerOrMode(int field) throws IOException {
    homes.prepare(world.tool);
    homes.write(world.tool, List.of(write(TOOL_KEY, "old")));
    var written = new AtomicBoolean();
    Kernel real = new NativeKernel(Architecture.current().orElseThrow());
    Kernel squashing =
        (call, a, b, c, d, e) -> {
          long answer = real.call(call, a, b, c, d, e);
          written.compareAndSet(false, call == SystemCall.WRITE);
          if (call == SystemCall.STATX && written.get()) {
            MemorySegment.ofAddress(e)
                .reinterpret(FileStatus.STATX_BYTES)
                .set(JAVA_SHORT, field, (short) 0100644);
          }
          return answer;
        };
    try (var squashed = world.homes(squashing, world.settings(Duration.ofSeconds(10), true))) {
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> squashed.write(world.tool, List.of(write(TOOL_KEY, "new"))))
          .withMessageContaining("client.key of tool fox: the filesystem gives it to user ")
          .withMessageEndingWith(", not to user 61001 with mode 400")
          .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.SYSTEM));
    }
    assertThat(world.in(".toolskube/client.key")).hasContent("old");
    assertThat(world.in(".toolskube").toFile().list()).containsExactly("client.key");
  }

  @Test
  void refusesContentThatItWouldNotRead() {
    homes.prepare(world.tool);
    assertFails(
        HomeFault.SYSTEM,
        "could not write "
            + world.in(".kube/config")
            + " of tool fox: the new content is larger than 65536 bytes",
        write(KUBECONFIG, "x".repeat(HomeWorld.MAX_BYTES + 1)));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "LINK_TO_ROOTS_FILE",
        "LINK_TO_PUBLIC_FILE",
        "DANGLING_LINK",
        "FIFO",
        "FIFO_WITH_AN_ENDLESS_WRITER",
        "DIRECTORY",
        "HARD_LINK_TO_ROOTS_FILE",
        "LOCKED_FILE"
      })
  void aTemporaryNameThatIsTakenIsNotWrittenTo(HostileThing thing) throws IOException {
    homes.prepare(world.tool);
    var guessed =
        new SecureRandom() {
          private static final long serialVersionUID = 1;

          @Override
          public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 7);
          }
        };
    thing.put(world, world.in(".kube/.maintain-kubeusers-" + "07".repeat(16)));
    world.watch();
    var settings = world.settings(Duration.ofSeconds(10), true);
    try (var foreseen =
        new UnixHomes(settings, InstantSource.system(), guessed, HomeWorld.syscalls())) {
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> foreseen.write(world.tool, List.of(write(KUBECONFIG, "config"))))
          .withMessage(
              "could not write " + world.in(".kube/config") + " of tool fox: File exists (EEXIST)");
    }
    world.assertNothingTouchedOutside(
        thing.isHardLink() ? Canary::assertUntouchedButForItsNames : Canary::assertUntouched);
    assertThat(world.in(".kube/config")).doesNotExist();
  }

  @Test
  void sweepsWhatCrashesHaveLeftEvenWhenNothingIsToBeWritten() throws IOException {
    homes.prepare(world.tool);
    List<HomeWrite> writes = List.of(write(KUBECONFIG, "config"));
    homes.write(world.tool, writes);
    Path left = Files.createFile(world.in(".kube/.maintain-kubeusers-0123"));
    HomeWorld.own(left, 61001, 0600);
    Path theirs = Files.createFile(world.in(".kube/maintain-kubeusers-89ab"));

    assertThat(homes.write(world.tool, writes)).isEmpty();

    assertThat(left).doesNotExist();
    assertThat(theirs).exists();
  }

  @Test
  void doesNotSweepWhatAnotherCallIsWriting() throws Exception {
    homes.prepare(world.tool);
    Kernel real = new NativeKernel(Architecture.current().orElseThrow());
    var created = new CountDownLatch(1);
    var swept = new CountDownLatch(1);
    Kernel slow =
        (call, a, b, c, d, e) -> {
          if (call == SystemCall.RENAMEAT2 && created.getCount() > 0) {
            created.countDown();
            awaitQuietly(swept);
          }
          return real.call(call, a, b, c, d, e);
        };
    try (var both = world.homes(slow, world.settings(Duration.ofSeconds(10), true))) {
      var first =
          CompletableFuture.supplyAsync(
              () -> both.write(world.tool, List.of(write(TOOL_KEY, "key"))));
      created.await();
      both.write(world.tool, List.of(write(TOOL_CERTIFICATE, "cert")));
      swept.countDown();
      assertThat(first.get()).containsExactly(TOOL_KEY);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void marksADisabledTool() throws IOException {
    homes.markDisabled(world.tool, true);
    assertThat(world.in("")).doesNotExist();

    homes.prepare(world.tool);
    homes.markDisabled(world.tool, true);
    homes.markDisabled(world.tool, true);
    assertThat(look(world.in("k8s.disabled"))).isEqualTo("61001:61001 644");
    assertThat(world.in("k8s.disabled")).isEmptyFile();

    homes.markDisabled(world.tool, false);
    homes.markDisabled(world.tool, false);
    assertThat(world.in("k8s.disabled")).doesNotExist();
    assertThat(Files.getAttribute(world.in(""), "unix:mode")).isEqualTo(042775);
  }

  private static Object withoutAccess(Canary canary) {
    canary.attributes().remove("lastAccessTime");
    return canary;
  }

  private static HomeWrite write(HomeFile file, String content) {
    return new HomeWrite(file, content.getBytes(UTF_8), Optional.empty());
  }

  private static HomeWrite replacing(String old, String content) {
    return new HomeWrite(
        KUBECONFIG,
        content.getBytes(UTF_8),
        Optional.of(Optional.ofNullable(old).map(text -> text.getBytes(UTF_8))));
  }

  private void assertFails(HomeFault fault, String message, HomeWrite... writes) {
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.write(world.tool, List.of(writes)))
        .withMessage(message)
        .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
  }
}

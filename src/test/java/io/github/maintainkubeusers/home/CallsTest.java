package io.github.maintainkubeusers.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.linux.SystemCall;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The calls to the filesystem in a home. On NFS most of them are one or two to the file server, so
 * that a number here that rises makes every home more costly; {@code NfsCallsTest} counts what
 * really reaches a server.
 */
@RootOnly
class CallsTest {
  private static final Set<SystemCall> OF_THREADS =
      EnumSet.of(
          SystemCall.SETFSUID,
          SystemCall.SETFSGID,
          SystemCall.GETGROUPS,
          SystemCall.SETGROUPS,
          SystemCall.CAPGET,
          SystemCall.CAPSET,
          SystemCall.GETUID,
          SystemCall.CLOSE);

  private final Map<SystemCall, Integer> calls = new EnumMap<>(SystemCall.class);
  private volatile boolean asTenant;
  private HomeWorld world;
  private UnixHomes homes;

  @BeforeEach
  void open() throws IOException {
    world = new HomeWorld();
    Kernel real = HomeWorld.kernel();
    homes =
        world.homes(
            (call, a, b, c, d, e) -> {
              if (call == SystemCall.SETFSUID && a != -1) {
                asTenant = a == world.tool.uid().value();
              } else if (asTenant && !OF_THREADS.contains(call)) {
                calls.merge(call, 1, Integer::sum);
              }
              return real.call(call, a, b, c, d, e);
            },
            world.settings(Duration.ofSeconds(10), true));
  }

  @AfterEach
  void close() {
    homes.close();
    world.close();
  }

  @Test
  void aMissingHome() {
    homes.prepare(world.tool);
    assertThat(counted())
        .isEqualTo("{FSYNC=1, FCHMOD=4, OPENAT=3, MKDIRAT=3, RENAMEAT2=3, STATX=17, OPENAT2=10}");
  }

  @Test
  void aFreshHome() {
    homes.prepare(world.tool);
    counted();
    provision("one");
    assertThat(counted())
        .isEqualTo("{WRITE=3, FSYNC=5, GETDENTS64=2, OPENAT=2, RENAMEAT2=3, STATX=20, OPENAT2=17}");
  }

  @Test
  void anUnchangedHome() {
    homes.prepare(world.tool);
    provision("one");
    counted();
    homes.prepare(world.tool);
    assertThat(counted()).isEqualTo("{OPENAT=1, STATX=7, OPENAT2=6, FACCESSAT2=1}");
    provision("one");
    assertThat(counted()).isEqualTo("{READ=6, GETDENTS64=2, OPENAT=2, STATX=12, OPENAT2=10}");
  }

  @Test
  void aChangedHome() {
    homes.prepare(world.tool);
    provision("one");
    counted();
    provision("two");
    assertThat(counted())
        .isEqualTo(
            "{READ=8, WRITE=3, FSYNC=5, GETDENTS64=2, OPENAT=2, RENAMEAT2=3, STATX=29,"
                + " OPENAT2=21}");
  }

  private String counted() {
    String counted = calls.toString();
    calls.clear();
    return counted;
  }

  private void provision(String content) {
    Optional<byte[]> kubeconfig =
        Optional.ofNullable(
            homes.read(world.tool, Set.of(HomeFile.KUBECONFIG)).get(HomeFile.KUBECONFIG));
    byte[] bytes = content.getBytes(UTF_8);
    homes.write(
        world.tool,
        List.of(
            new HomeWrite(HomeFile.TOOL_KEY, bytes, Optional.empty()),
            new HomeWrite(HomeFile.TOOL_CERTIFICATE, bytes, Optional.empty()),
            new HomeWrite(HomeFile.KUBECONFIG, bytes, Optional.of(kubeconfig))));
  }
}

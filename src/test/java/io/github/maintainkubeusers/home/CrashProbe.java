package io.github.maintainkubeusers.home;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.linux.Architecture;
import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.linux.NativeKernel;
import io.github.maintainkubeusers.linux.Syscalls;
import io.github.maintainkubeusers.linux.SystemCall;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program of its own: arguments ROOT NAME UID NTH EVERY. Provisions a home, and kills itself with
 * SIGKILL just before the NTH system call that changes something (EVERY: of all calls). When it
 * comes to the end, it says how many there were.
 */
final class CrashProbe {
  static final List<HomeWrite> WRITES =
      List.of(
          write(HomeFile.TOOL_KEY, "the key"),
          write(HomeFile.TOOL_CERTIFICATE, "the certificate"),
          write(HomeFile.KUBECONFIG, "the kubeconfig"));

  private static final int SIGKILL = 9;
  private static final long CREATE = 0100;
  private static final Set<SystemCall> CHANGES =
      EnumSet.of(
          SystemCall.MKDIRAT,
          SystemCall.FCHOWN,
          SystemCall.FCHMOD,
          SystemCall.WRITE,
          SystemCall.FSYNC,
          SystemCall.RENAMEAT2,
          SystemCall.UNLINKAT);

  private CrashProbe() {}

  public static void main(String[] args) {
    var root = new HomePath(args[0]);
    var account =
        new Account(
            AccountId.tool(args[1]), Uid.parse(args[2]), new HomePath(root + "/" + args[1]), false);
    int nth = Integer.parseInt(args[3]);
    boolean every = Boolean.parseBoolean(args[4]);
    var settings =
        new HomeSettings(
            Map.of(AccountKind.TOOL, List.of(root)), 1 << 16, 1, Duration.ofSeconds(30), true);
    Architecture architecture = Architecture.current().orElseThrow();
    Kernel real = new NativeKernel(architecture);
    MethodHandle kill = kill();
    int self = (int) ProcessHandle.current().pid();
    var count = new AtomicInteger();
    Kernel deadly =
        (call, a, b, c, d, e) -> {
          if ((every || changes(call, c)) && count.incrementAndGet() == nth) {
            end(kill, self);
          }
          return real.call(call, a, b, c, d, e);
        };
    try (var homes =
        new UnixHomes(
            settings,
            InstantSource.system(),
            new SecureRandom(),
            new Syscalls(deadly, architecture))) {
      homes.prepare(account);
      Set<HomeFile> written = homes.write(account, WRITES);
      System.out.println(count.get() + " " + written.size());
    }
  }

  @SuppressWarnings("restricted")
  private static boolean changes(SystemCall call, long how) {
    if (call == SystemCall.OPENAT2) {
      return (MemorySegment.ofAddress(how).reinterpret(8).get(JAVA_LONG, 0) & CREATE) != 0;
    }
    return CHANGES.contains(call);
  }

  private static void end(MethodHandle kill, int self) {
    try {
      int _ = (int) kill.invokeExact(self, SIGKILL);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle kill() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("kill"),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  }

  private static HomeWrite write(HomeFile file, String content) {
    return new HomeWrite(file, content.getBytes(UTF_8), Optional.empty());
  }
}

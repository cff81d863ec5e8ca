package io.github.maintainkubeusers.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The kernel as reached by syscall(2) of the C library. The library's own functions will not do:
 * its setgroups changes every thread of the process.
 */
public final class NativeKernel implements Kernel {
  private static final MethodHandle SYSCALL = syscall();

  private final Architecture architecture;

  public NativeKernel(Architecture architecture) {
    this.architecture = architecture;
  }

  @Override
  @SuppressWarnings("IllegalCatch")
  public long call(SystemCall call, long a, long b, long c, long d, long e) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(JAVA_INT);
      long result = (long) SYSCALL.invokeExact(errno, call.number(architecture), a, b, c, d, e);
      return result == -1 ? -errno.get(JAVA_INT, 0) : result;
    } catch (RuntimeException | Error e1) {
      throw e1;
    } catch (Throwable e1) {
      throw new AssertionError("syscall throws nothing checked", e1);
    }
  }

  /** {@code long syscall(long number, ...)} with five arguments. */
  @SuppressWarnings("restricted")
  private static MethodHandle syscall() {
    Linker linker = Linker.nativeLinker();
    var shape =
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        shape,
        Linker.Option.firstVariadicArg(1),
        Linker.Option.captureCallState("errno"));
  }
}

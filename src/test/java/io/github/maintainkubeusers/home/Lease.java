package io.github.maintainkubeusers.home;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.nio.file.Path;

/**
 * A write lease on a file: whoever opens it has to wait until the holder lets go, or the kernel
 * takes it away.
 */
final class Lease implements AutoCloseable {
  private static final int F_SETLEASE = 1024;
  private static final int F_WRLCK = 1;

  private final int fd;
  private final boolean held;

  private Lease(int fd, boolean held) {
    this.fd = fd;
    this.held = held;
  }

  static Lease on(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      // The holder is told by SIGIO, which would end the JVM.
      var signal = function("signal", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS));
      signal.invoke(29, java.lang.foreign.MemorySegment.ofAddress(1));
      int fd =
          (int)
              function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT))
                  .invoke(arena.allocateFrom(path.toString()), 2);
      int answer =
          (int)
              function(
                      "fcntl",
                      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
                      Linker.Option.firstVariadicArg(2))
                  .invoke(fd, F_SETLEASE, F_WRLCK);
      return new Lease(fd, answer == 0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  boolean isHeld() {
    return held;
  }

  @SuppressWarnings("restricted")
  private static java.lang.invoke.MethodHandle function(
      String name, FunctionDescriptor shape, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
  }

  @Override
  public void close() {
    try {
      int _ = (int) function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT)).invoke(fd);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}

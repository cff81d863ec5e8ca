package io.github.maintainkubeusers.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/**
 * Typed calls on files, each taking one name relative to a descriptor. Failures are {@link
 * ErrnoException}.
 */
public final class Syscalls {
  public static final int WRITE_ONLY = 01;
  public static final int CREATE_NEW = 0100 | 0200;
  static final int NO_TERMINAL = 0400;
  static final int NO_BLOCKING = 04000;
  static final int CLOSE_ON_EXEC = 02000000;

  /**
   * Only a place to start from: needs no permission on the thing itself, and opens no device, pipe
   * or lease.
   */
  public static final int PATH_ONLY = 010000000;

  static final int CURRENT_FOLDER = -100;
  private static final int EMPTY_PATH = 0x1000;
  private static final int BASIC_STATS = 0x7ff;
  private static final int TYPE_AND_INODE = 0x101;
  private static final int AS_WHOM_IT_ACTS = 0x200;
  private static final int EXISTENCE = 0;
  private static final int READ_CHANGE_AND_SEARCH = 7;
  private static final int FORCE_SYNC = 0x2000;
  private static final int NO_REPLACE = 1;

  /** RESOLVE_NO_XDEV, _NO_MAGICLINKS, _NO_SYMLINKS. */
  private static final long WITHIN_THIS_FILESYSTEM = 0x01 | 0x02 | 0x04;

  private static final int OPEN_HOW_BYTES = 24;

  private final Kernel kernel;
  private final Architecture architecture;

  public Syscalls(Kernel kernel, Architecture architecture) {
    this.kernel = kernel;
    this.architecture = architecture;
  }

  /** O_DIRECTORY. */
  public int directory() {
    return architecture.directoryFlag();
  }

  /** Opens the named thing in the folder; something else may be mounted on it. */
  int openAt(int folder, String path, int flags) {
    return at(path, text -> (int) call(SystemCall.OPENAT, folder, text, all(flags), 0, 0));
  }

  /**
   * As {@link #openAt}, but does not enter a mount, which could be a filesystem run by a tenant.
   * Only kernels without openat2 (before 5.6) or containers that forbid it do.
   */
  int openWithin(int folder, String name, int flags, int mode) {
    return at(
        component(name),
        path -> {
          long result = openat2(folder, path, flags, mode);
          if (result == -Errno.ENOSYS.number() || result == -Errno.EPERM.number()) {
            result = retry(SystemCall.OPENAT, folder, path, all(flags), mode, 0);
          }
          return (int) checked(SystemCall.OPENAT2, result);
        });
  }

  private long openat2(int folder, long path, int flags, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment how = arena.allocate(OPEN_HOW_BYTES, 8);
      how.setAtIndex(JAVA_LONG, 0, all(flags));
      how.setAtIndex(JAVA_LONG, 1, mode);
      how.setAtIndex(JAVA_LONG, 2, WITHIN_THIS_FILESYSTEM);
      return retry(SystemCall.OPENAT2, folder, path, how.address(), OPEN_HOW_BYTES, 0);
    }
  }

  private int all(int flags) {
    int always = architecture.noFollowFlag() | CLOSE_ON_EXEC;
    return (flags & PATH_ONLY) == 0 ? flags | always | NO_BLOCKING | NO_TERMINAL : flags | always;
  }

  public void mkdir(int folder, String name, int mode) {
    at(component(name), path -> call(SystemCall.MKDIRAT, folder, path, mode, 0, 0));
  }

  public void unlink(int folder, String name) {
    at(component(name), path -> call(SystemCall.UNLINKAT, folder, path, 0, 0, 0));
  }

  /** Takes the place of whatever stands under the new name, a directory apart. */
  public void rename(int folder, String from, String to) {
    rename(folder, from, to, 0);
  }

  /**
   * Fails with EEXIST when there is something under the new name. NFS cannot do that in one step:
   * there, an empty directory that comes up in between would be replaced by a directory.
   */
  public void renameWithoutReplacing(int folder, String from, String to) {
    try {
      rename(folder, from, to, NO_REPLACE);
    } catch (ErrnoException e) {
      if (e.errno() != Errno.EINVAL && e.errno() != Errno.ENOSYS) {
        throw e;
      }
      rename(folder, from, to, 0);
    }
  }

  private void rename(int folder, String from, String to, int flags) {
    at(
        component(from),
        source ->
            at(
                component(to),
                target -> call(SystemCall.RENAMEAT2, folder, source, folder, target, flags)));
  }

  FileStatus status(int fd) {
    return stat(fd, EMPTY_PATH, BASIC_STATS, FileStatus::ofStatx);
  }

  Inode inode(int fd) {
    return stat(fd, EMPTY_PATH, TYPE_AND_INODE, FileStatus::inodeOfStatx);
  }

  /**
   * Makes the kernel ask a file server what the folder is like now. If it has changed, what is
   * remembered of the names in it is not believed any more. Free of charge on other filesystems.
   */
  public void refresh(int folder) {
    FileStatus _ = stat(folder, EMPTY_PATH | FORCE_SYNC, BASIC_STATS, FileStatus::ofStatx);
  }

  private <T> T stat(int fd, int flags, int wanted, Function<MemorySegment, T> reading) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment statx = arena.allocate(FileStatus.STATX_BYTES, 8);
      call(SystemCall.STATX, fd, arena.allocateFrom("").address(), flags, wanted, statx.address());
      return reading.apply(statx);
    }
  }

  /**
   * Whether the identity that the thread acts as may read, change and search a folder, in the
   * filesystem's own words.
   *
   * @return false where the kernel (before 5.8) or the container does not let it be asked
   */
  public boolean checkAccess(int folder) {
    try {
      access(folder, READ_CHANGE_AND_SEARCH);
      return true;
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOSYS || (e.errno() == Errno.EPERM && !canAskFor(folder))) {
        return false;
      }
      throw e;
    }
  }

  /**
   * What exists is never denied to exist: that is a container's answer to a system call that it
   * does not know.
   */
  private boolean canAskFor(int folder) {
    try {
      access(folder, EXISTENCE);
      return true;
    } catch (ErrnoException _) {
      return false;
    }
  }

  private void access(int folder, int what) {
    at(
        "",
        path -> call(SystemCall.FACCESSAT2, folder, path, what, EMPTY_PATH | AS_WHOM_IT_ACTS, 0));
  }

  /** Makes a call again for as long as signals break it off. */
  public long call(SystemCall call, long a, long b, long c, long d, long e) {
    return checked(call, retry(call, a, b, c, d, e));
  }

  /** Makes a call once. What it answers, errors too, is for the caller. */
  long plain(SystemCall call, long a, long b, long c) {
    return kernel.call(call, a, b, c, 0, 0);
  }

  private long retry(SystemCall call, long a, long b, long c, long d, long e) {
    long result;
    do {
      result = kernel.call(call, a, b, c, d, e);
    } while (result == -Errno.EINTR.number());
    return result;
  }

  private static long checked(SystemCall call, long result) {
    if (result < 0) {
      throw new ErrnoException(call, (int) -result);
    }
    return result;
  }

  private static <T> T at(String name, PathCall<T> call) {
    try (Arena arena = Arena.ofConfined()) {
      return call.with(arena.allocateFrom(name).address());
    }
  }

  /** Never a way through other folders. */
  static String component(String name) {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not one component: " + name);
    }
    return name;
  }

  private interface PathCall<T> {
    T with(long path);
  }
}

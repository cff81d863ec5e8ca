package io.github.maintainkubeusers.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** An open file or directory. Failures are {@link ErrnoException}. */
public final class FileDescriptor implements AutoCloseable {
  /** Linux: PATH_MAX. No target is longer. */
  private static final int PATH_BYTES = 4096;

  private final Syscalls sys;
  private final int fd;
  private boolean open = true;

  private FileDescriptor(Syscalls sys, int fd) {
    this.sys = sys;
    this.fd = fd;
  }

  /** The root of the filesystem, as a place to start from. */
  public static FileDescriptor root(Syscalls sys) {
    return new FileDescriptor(
        sys, sys.openAt(Syscalls.CURRENT_FOLDER, "/", Syscalls.PATH_ONLY | sys.directory()));
  }

  public int number() {
    return fd;
  }

  /** The folder itself, opened once more. */
  public FileDescriptor again() {
    return opened(".", Syscalls.PATH_ONLY | sys.directory());
  }

  public FileDescriptor above() {
    return opened("..", Syscalls.PATH_ONLY | sys.directory());
  }

  /** The named thing in the folder; something else may be mounted on it. Links are not followed. */
  public FileDescriptor open(String name, int flags) {
    return opened(Syscalls.component(name), flags);
  }

  /**
   * As {@link #open}, but does not enter a mount, which could be a filesystem run by a tenant. Only
   * kernels without openat2 (before 5.6) or containers that forbid it do.
   */
  public FileDescriptor openWithin(String name, int flags, int mode) {
    return new FileDescriptor(sys, sys.openWithin(fd, name, flags, mode));
  }

  private FileDescriptor opened(String path, int flags) {
    return new FileDescriptor(sys, sys.openAt(fd, path, flags));
  }

  public FileStatus status() {
    return sys.status(fd);
  }

  /** Which thing this is. */
  public Inode inode() {
    return sys.inode(fd);
  }

  public void chmod(int mode) {
    sys.call(SystemCall.FCHMOD, fd, mode, 0, 0, 0);
  }

  /**
   * @param uid -1 keeps the owner
   */
  public void chown(int uid, int gid) {
    sys.call(SystemCall.FCHOWN, fd, uid, gid, 0, 0);
  }

  public void sync() {
    sys.call(SystemCall.FSYNC, fd, 0, 0, 0, 0);
  }

  /**
   * What the file holds, or its first {@code limit} bytes.
   *
   * @param expected as many as there seem to be: one read then finds the content, another one the
   *     end
   */
  public byte[] read(long expected, int limit) {
    int room = (int) Math.min(expected + 1, limit);
    byte[] content = read(room);
    return content.length < room || room == limit ? content : readOn(content, limit);
  }

  /** It has grown meanwhile. */
  private byte[] readOn(byte[] start, int limit) {
    byte[] rest = read(limit - start.length);
    byte[] content = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, content, start.length, rest.length);
    return content;
  }

  private byte[] read(int room) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(room);
      int filled = 0;
      while (filled < room) {
        long count = sys.call(SystemCall.READ, fd, buffer.address() + filled, room - filled, 0, 0);
        if (count == 0) {
          break;
        }
        filled += (int) count;
      }
      byte[] content = buffer.asSlice(0, filled).toArray(JAVA_BYTE);
      forget(buffer);
      return content;
    }
  }

  /** Where a symbolic link, opened as such, points to. */
  public String target() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(PATH_BYTES);
      int length =
          (int)
              sys.call(
                  SystemCall.READLINKAT,
                  fd,
                  arena.allocateFrom("").address(),
                  buffer.address(),
                  PATH_BYTES,
                  0);
      return new String(buffer.asSlice(0, length).toArray(JAVA_BYTE), UTF_8);
    }
  }

  public void write(byte[] content) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocateFrom(JAVA_BYTE, content);
      int written = 0;
      while (written < content.length) {
        written +=
            (int)
                sys.call(
                    SystemCall.WRITE,
                    fd,
                    buffer.address() + written,
                    content.length - written,
                    0,
                    0);
      }
      forget(buffer);
    }
  }

  /** Closes after writing: NFS may tell only then that the disk is full. */
  public void finish() {
    if (open) {
      open = false;
      int errno = (int) -sys.plain(SystemCall.CLOSE, fd, 0, 0);
      if (errno > 0 && errno != Errno.EINTR.number()) {
        throw new ErrnoException(SystemCall.CLOSE, errno);
      }
    }
  }

  /** Never again after an error: the number may be somebody else's by then. */
  @Override
  public void close() {
    if (open) {
      open = false;
      sys.plain(SystemCall.CLOSE, fd, 0, 0);
    }
  }

  /** It may have been a key. */
  private static void forget(MemorySegment buffer) {
    buffer.fill((byte) 0);
  }
}

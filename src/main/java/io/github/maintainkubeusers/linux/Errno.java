package io.github.maintainkubeusers.linux;

/**
 * The errors that calls on files can answer with: numbers as on x86-64 and arm64, words as people
 * know them.
 */
public enum Errno {
  EPERM(1, "Operation not permitted"),
  ENOENT(2, "No such file or directory"),
  EINTR(4, "Interrupted system call"),
  EIO(5, "Input/output error"),
  ENXIO(6, "No such device or address"),
  EBADF(9, "Bad file descriptor"),
  EAGAIN(11, "Held by another program (a lease on the file)"),
  ENOMEM(12, "Cannot allocate memory"),
  EACCES(13, "Permission denied"),
  EFAULT(14, "Bad address"),
  EBUSY(16, "Device or resource busy"),
  EEXIST(17, "File exists"),
  EXDEV(18, "Something is mounted there"),
  ENODEV(19, "No such device"),
  ENOTDIR(20, "Not a directory"),
  EISDIR(21, "Is a directory"),
  EINVAL(22, "Invalid argument"),
  ENFILE(23, "Too many open files in system"),
  EMFILE(24, "Too many open files"),
  ETXTBSY(26, "Text file busy"),
  EFBIG(27, "File too large"),
  ENOSPC(28, "No space left on device"),
  EROFS(30, "Read-only file system"),
  EMLINK(31, "Too many links"),
  ENAMETOOLONG(36, "File name too long"),
  ENOSYS(38, "Function not implemented"),
  ENOTEMPTY(39, "Directory not empty"),
  ELOOP(40, "A symbolic link"),
  EOVERFLOW(75, "Value too large"),
  EOPNOTSUPP(95, "Operation not supported"),
  ENOTCONN(107, "Transport endpoint is not connected"),
  ETIMEDOUT(110, "Connection timed out"),
  EHOSTDOWN(112, "Host is down"),
  ESTALE(116, "Stale file handle"),
  EDQUOT(122, "Disk quota exceeded"),
  EKEYEXPIRED(127, "Key has expired"),
  UNKNOWN(0, "An unknown error");

  private static final Errno[] VALUES = values();

  private final int number;
  private final String words;

  Errno(int number, String words) {
    this.number = number;
    this.words = words;
  }

  public int number() {
    return number;
  }

  static Errno of(int number) {
    for (Errno errno : VALUES) {
      if (errno.number == number) {
        return errno;
      }
    }
    return UNKNOWN;
  }

  /** Whether it says that the filesystem, or its server, is not there now. */
  public boolean isAbsence() {
    return switch (this) {
      case EIO, ENOTCONN, ETIMEDOUT, EHOSTDOWN -> true;
      default -> false;
    };
  }

  public boolean isDenial() {
    return this == EACCES || this == EPERM;
  }

  /** Whether it says that the kernel's picture of a file server may be older than the server's. */
  public boolean isStale() {
    return this == ESTALE || this == ENOENT;
  }

  /** As for people: {@code Permission denied (EACCES)}. */
  public String words() {
    return words + " (" + name() + ")";
  }
}

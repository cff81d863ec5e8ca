package io.github.maintainkubeusers.home;

/**
 * A system call failed. Does not leave this package: whoever catches it knows what was to be done,
 * and where.
 */
final class ErrnoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Errno errno;

  ErrnoException(SystemCall call, int number) {
    super(call + ": errno " + number);
    this.errno = Errno.of(number);
  }

  Errno errno() {
    return errno;
  }

  /** For people; an errno without a name shows its number. */
  String words() {
    return errno == Errno.UNKNOWN ? getMessage() : errno.words();
  }
}

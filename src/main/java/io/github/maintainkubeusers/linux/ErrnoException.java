package io.github.maintainkubeusers.linux;

/**
 * A system call failed. Whoever catches it knows what was to be done, and where: it does not leave
 * package {@code home}.
 */
public final class ErrnoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Errno errno;

  ErrnoException(SystemCall call, int number) {
    super(call + ": errno " + number);
    this.errno = Errno.of(number);
  }

  public Errno errno() {
    return errno;
  }

  /** For people; an errno without a name shows its number. */
  public String words() {
    return errno == Errno.UNKNOWN ? getMessage() : errno.words();
  }
}

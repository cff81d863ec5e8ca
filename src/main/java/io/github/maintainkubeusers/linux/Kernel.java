package io.github.maintainkubeusers.linux;

/**
 * The way into the kernel. One method, so that tests can put a slow or a failing kernel in its
 * place.
 */
@FunctionalInterface
public interface Kernel {
  /**
   * Makes a system call on the current thread.
   *
   * @return what the kernel itself answers: a result, or the negated errno
   */
  long call(SystemCall call, long a, long b, long c, long d, long e);
}

package io.github.maintainkubeusers.kube;

import java.util.Map;

/**
 * Whether this process is the one, of several on the same cluster, that acts. The others stand by.
 */
public interface Leadership extends AutoCloseable {
  /**
   * Takes part from now on.
   *
   * @param elected run when this process begins to lead; never for one that does from the start
   * @param lost run when it led and can no longer be sure to be the only one; it must end then
   */
  void campaign(Runnable elected, Runnable lost);

  /** True while nobody else can be acting. */
  boolean isLeader();

  /** Lets those who ask who leads know more of it. */
  void annotate(Map<String, String> annotations);

  /** Gives it up, so that another takes over at once. Nothing may be under way any more. */
  @Override
  void close();

  /**
   * @throws ClusterException when this process must not act
   */
  default void require() {
    if (!isLeader()) {
      throw new ClusterException(
          ClusterException.Reason.OTHER, "could not act: this process does not lead");
    }
  }

  /** Of a process that nobody else stands beside. */
  static Leadership alone() {
    return new Leadership() {
      @Override
      public void campaign(Runnable elected, Runnable lost) {
        // it leads from the start
      }

      @Override
      public boolean isLeader() {
        return true;
      }

      @Override
      public void annotate(Map<String, String> annotations) {
        // nobody asks
      }

      @Override
      public void close() {
        // nobody waits for it
      }
    };
  }
}

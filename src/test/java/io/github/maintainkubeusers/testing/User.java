package io.github.maintainkubeusers.testing;

import com.sun.security.auth.module.UnixSystem;

/** Who runs the tests. */
public final class User {
  private static final UnixSystem SYSTEM = new UnixSystem();

  private User() {}

  public static int uid() {
    return (int) SYSTEM.getUid();
  }

  public static boolean isRoot() {
    return uid() == 0;
  }
}

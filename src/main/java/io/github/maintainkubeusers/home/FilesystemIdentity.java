package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.linux.Capability;
import io.github.maintainkubeusers.linux.ErrnoException;
import io.github.maintainkubeusers.linux.Syscalls;
import io.github.maintainkubeusers.linux.ThreadCredentials;
import java.util.function.Supplier;

/**
 * As whom the current thread acts. What runs as a tenant must not log, load classes, start threads
 * or processes, or wake a virtual thread: whatever is opened or started then is the tenant's.
 *
 * <p>Acting as others takes CAP_SETUID and CAP_SETGID. Without these, an ordinary user acts for the
 * accounts with its own user id only.
 */
final class FilesystemIdentity {
  private final Syscalls sys;
  private final ThreadCredentials own;
  private boolean lost;

  FilesystemIdentity(Syscalls sys, ThreadCredentials own) {
    this.sys = sys;
    this.own = own;
  }

  /** The user this program runs as. */
  int ownUid() {
    return own.uid();
  }

  boolean canGiveAwayTo(Uid uid) {
    return own.uid() == uid.value() || own.has(Capability.CAP_CHOWN);
  }

  /**
   * For a thread that has just started: it has inherited from its maker, which must have been
   * itself.
   */
  void verifyOwn() {
    if (!ThreadCredentials.ofThisThread(sys).equals(own)) {
      throw new IdentityLostError();
    }
  }

  /**
   * Runs the work with the account's user and group for files, without other groups and
   * capabilities.
   */
  <T> T as(Account account, Supplier<T> work) {
    if (!canSwitch(own)) {
      return asSelf(account, work);
    }
    ThreadCredentials tenant =
        ThreadCredentials.unprivileged(account.uid().value(), account.gid().value());
    lost = true;
    try {
      assume(tenant, account);
      return work.get();
    } finally {
      own.resume(sys);
      verifyOwn();
      lost = false;
    }
  }

  /**
   * True when something thrown, be it for want of memory, came before the thread was itself again.
   */
  boolean isLost() {
    return lost;
  }

  static boolean canSwitch(ThreadCredentials credentials) {
    return credentials.has(Capability.CAP_SETUID) && credentials.has(Capability.CAP_SETGID);
  }

  private <T> T asSelf(Account account, Supplier<T> work) {
    Uid uid = account.uid();
    if (uid.value() != own.uid()) {
      throw new HomeException(
          "could not act as user "
              + uid
              + " of "
              + account
              + ": this program runs as user "
              + own.uid()
              + " without CAP_SETUID and CAP_SETGID");
    }
    return work.get();
  }

  private void assume(ThreadCredentials tenant, Account account) {
    String reason = "the kernel did not switch";
    try {
      tenant.assume(sys);
      if (ThreadCredentials.ofThisThread(sys).equals(tenant)) {
        return;
      }
    } catch (ErrnoException e) {
      reason = e.words();
    }
    throw new HomeException(
        "could not act as user " + tenant.uid() + " of " + account + ": " + reason);
  }
}

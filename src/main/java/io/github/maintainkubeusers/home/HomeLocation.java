package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.linux.ErrnoException;

/**
 * Something on the way to a home or in it, as messages name it: {@code /data/project/t/.kube/config
 * of tool t}.
 */
record HomeLocation(AccountId account, String path) {
  HomeLocation child(String name) {
    return new HomeLocation(account, path.equals("/") ? "/" + name : path + "/" + name);
  }

  /** The last component. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  HomeLocation above() {
    return new HomeLocation(account, path.substring(0, Math.max(1, path.lastIndexOf('/'))));
  }

  HomeException failed(String act, ErrnoException e) {
    HomeFault fault =
        switch (e.errno()) {
          // Its owner at work on another host: a file server tells one host what became of what
          // another has open.
          case ESTALE, ENOENT -> HomeFault.CHANGED;
          case EACCES, EPERM, EAGAIN, EDQUOT, EXDEV, EBUSY, EISDIR, ENOTDIR, ELOOP, ENXIO ->
              HomeFault.OWNER;
          default -> HomeFault.SYSTEM;
        };
    return failed(fault, act, e);
  }

  HomeException failed(HomeFault fault, String act, ErrnoException e) {
    return new HomeException(fault, message(act, e.words()), e);
  }

  /** Denied though the owner's permissions allow it: that is not the owner's to change. */
  HomeException deniedAgainstMode(HomeFault fault, String act, ErrnoException e) {
    return new HomeException(
        fault,
        message(
            act,
            e.words()
                + ", though its owner's permissions allow it: does the file server know the owner"
                + " (all_squash?), is there an attribute (lsattr) or an access list?"),
        e);
  }

  /** Homes are made as this program's own user, whom a file server may not know. */
  HomeException deniedToMakeHome(ErrnoException e) {
    return new HomeException(
        HomeFault.SYSTEM,
        message(
            "create",
            e.words()
                + "; make the home by other means, or let this program's user make it: a file"
                + " server that takes root for nobody (root_squash) does not"),
        e);
  }

  HomeException refused(HomeFault fault, String act, String reason) {
    return new HomeException(fault, message(act, reason));
  }

  private String message(String act, String reason) {
    return "could not " + act + " " + this + ": " + reason;
  }

  @Override
  public String toString() {
    return path + " of " + account;
  }
}

package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.linux.Errno;
import io.github.maintainkubeusers.linux.ErrnoException;
import io.github.maintainkubeusers.linux.FileDescriptor;
import io.github.maintainkubeusers.linux.FileKind;
import io.github.maintainkubeusers.linux.FileStatus;
import io.github.maintainkubeusers.linux.Syscalls;
import java.util.Optional;

/**
 * Makes folders under another name first, so that one that stands in its place is finished. That
 * name is always the same: what a crash has left is taken up again.
 */
final class FolderMaker {
  private static final int PRIVATE = 0700;

  /** Until it has its group, nobody but its owner may write to it. */
  private static final int UNSHARED = 0755;

  private final Syscalls sys;
  private final FilesystemIdentity identity;

  FolderMaker(Syscalls sys, FilesystemIdentity identity) {
    this.sys = sys;
    this.identity = identity;
  }

  /** As ourselves in a parent that no tenant can write to; only the mode is given as the tenant. */
  void makeHome(OpenDirectory parent, Account account, int mode) {
    String name = account.home().components().getLast();
    unlessMadeByAnother(parent, name, () -> make(parent, name, account, mode));
  }

  private void make(OpenDirectory parent, String name, Account account, int mode) {
    if (!identity.canGiveAwayTo(account.uid())) {
      throw parent
          .location()
          .child(name)
          .refused(
              HomeFault.SYSTEM, "create", "making a directory for another user needs CAP_CHOWN");
    }
    // Accounts may share a user id where an operator allows it, and are made side by side.
    String draft = TemporaryNames.PREFIX + account.uid() + "-" + account.id().name();
    guarded(
        HomeFault.SYSTEM,
        parent,
        name,
        () -> {
          draft(parent, draft, PRIVATE);
          handOver(parent, draft, account);
        });
    identity.as(
        account,
        () -> {
          finish(parent, draft, account, mode);
          return draft;
        });
    guarded(HomeFault.SYSTEM, parent, name, () -> put(parent, draft, name));
  }

  /**
   * To be called as the tenant, in its home.
   *
   * @return whether the folder was missing
   */
  boolean madeFolder(OpenDirectory home, Layout.Folder folder, Account owner) {
    Optional<FileStatus> found = home.stat(folder.name());
    if (found.isEmpty()) {
      unlessMadeByAnother(
          home, folder.name(), () -> makeFolder(home, folder.name(), owner, folder.mode()));
      return true;
    }
    if (found.get().kind() != FileKind.DIRECTORY) {
      throw home.location()
          .child(folder.name())
          .refused(
              HomeFault.OWNER,
              "create",
              "there is "
                  + found.get().kind()
                  + " in its place; rename or delete it, and the directory will be made");
    }
    return false;
  }

  private void makeFolder(OpenDirectory home, String name, Account owner, int mode) {
    String draft = TemporaryNames.PREFIX + name;
    guarded(HomeFault.OWNER, home, name, () -> draft(home, draft, mode & UNSHARED));
    if (home.stat(draft).filter(made -> isAsMeant(made, owner, mode)).isEmpty()) {
      finish(home, draft, owner, mode);
    }
    guarded(HomeFault.OWNER, home, name, () -> put(home, draft, name));
  }

  /**
   * Two who make the same at once work on the same draft: to the slower one it may be gone at any
   * step.
   */
  private static void unlessMadeByAnother(OpenDirectory parent, String name, Runnable making) {
    try {
      making.run();
    } catch (HomeException e) {
      boolean made =
          parent.stat(name).filter(found -> found.kind() == FileKind.DIRECTORY).isPresent();
      if (!made) {
        throw e;
      }
    }
  }

  private void draft(OpenDirectory parent, String draft, int mode) {
    try {
      sys.mkdir(parent.descriptor().number(), draft, mode);
    } catch (ErrnoException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
  }

  /** A draft that is the tenant's already is one that a crash has left. */
  private void handOver(OpenDirectory parent, String draft, Account owner) {
    boolean ours =
        parent
            .stat(draft)
            .filter(found -> found.kind() == FileKind.DIRECTORY)
            .filter(found -> found.uid() == identity.ownUid())
            .isPresent();
    if (ours && identity.ownUid() != owner.uid().value()) {
      try (FileDescriptor folder = parent.descriptor().open(draft, sys.directory())) {
        folder.chown(owner.uid().value(), owner.gid().value());
      }
    }
  }

  private void finish(OpenDirectory parent, String draft, Account owner, int mode) {
    OpenDirectory folder =
        parent
            .folder(draft, owner.uid())
            .orElseThrow(
                () ->
                    parent
                        .location()
                        .child(draft)
                        .refused(
                            HomeFault.CHANGED, "create", "another process removed it meanwhile"));
    try (folder) {
      FileDescriptor descriptor = folder.descriptor();
      FileStatus found = descriptor.status();
      if (found.gid() != owner.gid().value()) {
        descriptor.chown(-1, owner.gid().value());
      }
      // Giving it to another group takes bits of the mode away.
      if (found.mode() != mode || found.gid() != owner.gid().value()) {
        descriptor.chmod(mode);
      }
      refuseUnlessAsMeant(folder, owner, mode);
    } catch (ErrnoException e) {
      throw folder.location().failed("create", e);
    }
  }

  private static boolean isAsMeant(FileStatus made, Account owner, int mode) {
    return made.kind() == FileKind.DIRECTORY
        && made.belongsTo(owner.uid().value())
        && made.gid() == owner.gid().value()
        && made.mode() == mode;
  }

  private static void refuseUnlessAsMeant(OpenDirectory folder, Account owner, int mode) {
    FileStatus status = folder.status();
    if (!isAsMeant(status, owner, mode)) {
      throw folder
          .location()
          .refused(
              HomeFault.SYSTEM,
              "create",
              "the filesystem gives it to "
                  + status.uid()
                  + ":"
                  + status.gid()
                  + " with mode "
                  + Integer.toOctalString(status.mode())
                  + ", not to "
                  + owner.uid()
                  + ":"
                  + owner.gid()
                  + " with mode "
                  + Integer.toOctalString(mode));
    }
  }

  /**
   * Whoever was there first stays; there is a folder either way, or something that the next visit
   * names.
   */
  private void put(OpenDirectory parent, String draft, String name) {
    sys.renameWithoutReplacing(parent.descriptor().number(), draft, name);
  }

  /**
   * @param denial whose fault it is when permission is denied
   */
  private static void guarded(HomeFault denial, OpenDirectory parent, String name, Runnable work) {
    try {
      work.run();
    } catch (ErrnoException e) {
      if (denial == HomeFault.OWNER) {
        throw parent.failedToMake(name, e);
      }
      HomeLocation home = parent.location().child(name);
      throw e.errno().isDenial()
          ? home.deniedToMakeHome(e)
          : home.failed(HomeFault.SYSTEM, "create", e);
    }
  }
}

package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.linux.Errno;
import io.github.maintainkubeusers.linux.ErrnoException;
import io.github.maintainkubeusers.linux.FileDescriptor;
import io.github.maintainkubeusers.linux.FileStatus;
import io.github.maintainkubeusers.linux.Syscalls;
import java.util.Optional;

/** The last step to a home, which is taken as its owner. */
record HomeEntrance(Syscalls sys) {
  /** The home, if there is one. */
  Optional<OpenDirectory> open(OpenDirectory parent, Account account) {
    String name = account.home().components().getLast();
    OpenDirectory home;
    try {
      FileDescriptor opened =
          parent.asking(Errno::isStale, () -> parent.descriptor().open(name, sys.directory()));
      home = OpenDirectory.ofTenant(sys, opened, parent.location().child(name));
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw closed(parent, account, e);
    }
    try {
      refuseForeign(home.descriptor().status(), home.location(), account);
      return Optional.of(home);
    } catch (ErrnoException e) {
      home.close();
      throw home.location().failed("open", e);
    } catch (HomeException e) {
      home.close();
      throw e;
    }
  }

  private HomeException closed(OpenDirectory parent, Account account, ErrnoException e) {
    String name = account.home().components().getLast();
    HomeLocation location = parent.location().child(name);
    return switch (e.errno()) {
      case ESTALE -> new StalePathException(location.failed("open", e).getMessage(), e);
      case ENOTDIR, ELOOP -> location.refused(HomeFault.SYSTEM, "open", parent.natureOf(name, e));
      case EACCES -> denied(parent, account, location, e);
      default -> location.failed("open", e);
    };
  }

  /** By the folder that the home stands in, by its owner, or by the file server. */
  private HomeException denied(
      OpenDirectory parent, Account account, HomeLocation location, ErrnoException e) {
    FileStatus home;
    try (FileDescriptor thing = parent.descriptor().open(location.name(), Syscalls.PATH_ONLY)) {
      home = thing.status();
    } catch (ErrnoException unseen) {
      return TrustedPathResolver.onTheWay(
          parent.location(),
          unseen.words()
              + " for user "
              + account.uid()
              + "; everybody must be able to pass through it (chmod o+x)",
          unseen);
    }
    refuseForeign(home, location, account);
    return home.allowsOwner(FolderErrors.READ | FolderErrors.SEARCH)
        ? location.deniedAgainstMode(HomeFault.SYSTEM, "open", e)
        : location.failed("open", e);
  }

  private static void refuseForeign(FileStatus home, HomeLocation location, Account account) {
    if (!home.belongsTo(account.uid().value())) {
      throw location.refused(
          HomeFault.SYSTEM,
          "open",
          "it belongs to user " + home.uid() + ", not to " + account.uid());
    }
  }
}

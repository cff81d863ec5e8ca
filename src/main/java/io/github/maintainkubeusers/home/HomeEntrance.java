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
  Optional<Directory> open(Directory parent, Account account) {
    String name = account.home().components().getLast();
    Directory home;
    try {
      FileDescriptor opened =
          parent.asking(
              Errno::isStale, () -> sys.open(parent.descriptor().number(), name, sys.directory()));
      home = Directory.ofTenant(sys, opened, parent.place().child(name));
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw closed(parent, account, e);
    }
    try {
      refuseForeign(home.descriptor().status(), home.place(), account);
      return Optional.of(home);
    } catch (ErrnoException e) {
      home.close();
      throw home.place().failed("open", e);
    } catch (HomeException e) {
      home.close();
      throw e;
    }
  }

  private HomeException closed(Directory parent, Account account, ErrnoException e) {
    String name = account.home().components().getLast();
    Place place = parent.place().child(name);
    return switch (e.errno()) {
      case ESTALE -> new StaleWayException(place.failed("open", e).getMessage(), e);
      case ENOTDIR, ELOOP -> place.refused(HomeFault.SYSTEM, "open", parent.natureOf(name, e));
      case EACCES -> denied(parent, account, place, e);
      default -> place.failed("open", e);
    };
  }

  /** By the folder that the home stands in, by its owner, or by the file server. */
  private HomeException denied(Directory parent, Account account, Place place, ErrnoException e) {
    FileStatus home;
    try (FileDescriptor thing =
        sys.open(parent.descriptor().number(), place.name(), Syscalls.PATH_ONLY)) {
      home = thing.status();
    } catch (ErrnoException way) {
      return HomeWay.onTheWay(
          parent.place(),
          way.words()
              + " for user "
              + account.uid()
              + "; everybody must be able to pass through it (chmod o+x)",
          way);
    }
    refuseForeign(home, place, account);
    return home.allowsOwner(FolderErrors.READ | FolderErrors.SEARCH)
        ? place.deniedAgainstMode(HomeFault.SYSTEM, "open", e)
        : place.failed("open", e);
  }

  private static void refuseForeign(FileStatus home, Place place, Account account) {
    if (!home.belongsTo(account.uid().value())) {
      throw place.refused(
          HomeFault.SYSTEM,
          "open",
          "it belongs to user " + home.uid() + ", not to " + account.uid());
    }
  }
}

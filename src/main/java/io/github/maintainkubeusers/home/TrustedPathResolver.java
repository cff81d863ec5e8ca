package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.linux.ErrnoException;
import io.github.maintainkubeusers.linux.FileDescriptor;
import io.github.maintainkubeusers.linux.FileKind;
import io.github.maintainkubeusers.linux.FileStatus;
import io.github.maintainkubeusers.linux.Syscalls;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The way from the root of the filesystem to a home, one name at a time. Every folder on it belongs
 * to root or to us, so that no tenant can bend it.
 *
 * <p>The configured root is its operator's word: it may be reached through symbolic links, as long
 * as each belongs to root or to us and stands where nobody else can put another. Below it, none is
 * followed.
 */
final class TrustedPathResolver {
  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final Syscalls sys;
  private final int ownUid;
  private final boolean asksServers;

  private TrustedPathResolver(Syscalls sys, int ownUid, boolean asksServers) {
    this.sys = sys;
    this.ownUid = ownUid;
    this.asksServers = asksServers;
  }

  TrustedPathResolver(Syscalls sys, int ownUid) {
    this(sys, ownUid, false);
  }

  /**
   * The same, but on a network filesystem each folder is asked for anew before a name in it is
   * believed. Steps by descriptor would otherwise believe for up to a minute what the kernel
   * remembers.
   */
  TrustedPathResolver askingServers() {
    return new TrustedPathResolver(sys, ownUid, true);
  }

  /**
   * The folder in which the home stands or is to stand, as a place to start from.
   *
   * @param root the configured one that the home is below
   */
  OpenDirectory openParent(Account account, HomePath root) {
    OpenDirectory folder = openRoot(account, root);
    List<String> names = account.home().components();
    for (String name : names.subList(root.components().size(), names.size() - 1)) {
      try (OpenDirectory above = folder) {
        folder = passage(above, name);
      }
    }
    try {
      refuseIfOpenToOthers(folder);
      return folder;
    } catch (HomeException e) {
      folder.close();
      throw e;
    }
  }

  /** Known by its configured name from then on, whatever links lead to it. */
  private OpenDirectory openRoot(Account account, HomePath root) {
    Deque<String> ahead = new ArrayDeque<>(root.components());
    OpenDirectory folder = openTop(account);
    int links = 0;
    while (!ahead.isEmpty()) {
      try (OpenDirectory above = folder) {
        String name = ahead.pop();
        Optional<String> target = linkIn(above, name);
        if (target.isEmpty()) {
          folder = step(above, name);
        } else if (++links > MOST_LINKS) {
          throw onTheWay(
              above.location().child(name), "more than " + MOST_LINKS + " symbolic links");
        } else {
          folder = target.get().startsWith("/") ? openTop(account) : again(above);
          List.of(target.get().split("/")).reversed().forEach(ahead::push);
        }
      }
    }
    return OpenDirectory.onTheWay(
        sys, folder.descriptor(), new HomeLocation(account.id(), root.value()));
  }

  /**
   * @return where the name leads, when it is a link that can be trusted
   */
  private Optional<String> linkIn(OpenDirectory above, String name) {
    if (isStep(name)) {
      return Optional.empty();
    }
    HomeLocation location = above.location().child(name);
    try (FileDescriptor thing = open(above, name, Syscalls.PATH_ONLY)) {
      FileStatus status = thing.status();
      if (status.kind() != FileKind.LINK) {
        return Optional.empty();
      }
      if (isForeign(status)) {
        throw onTheWay(
            location,
            "it is a symbolic link of user " + status.uid() + ", not of root or user " + ownUid);
      }
      if (above.descriptor().status().isWritableByOthers()) {
        throw onTheWay(location, "it is a symbolic link where others can put another");
      }
      return Optional.of(thing.target());
    } catch (ErrnoException e) {
      throw onTheWay(location, e.words(), e);
    }
  }

  private FileDescriptor open(OpenDirectory above, String name, int flags) {
    if (asksServers) {
      sys.refresh(above.descriptor().number());
    }
    return above.descriptor().open(name, flags);
  }

  private OpenDirectory step(OpenDirectory above, String name) {
    return switch (name) {
      case "", "." -> again(above);
      case ".." ->
          passage(
              above.location().above(), () -> above.descriptor().above(), ErrnoException::words);
      default -> passage(above, name);
    };
  }

  private static boolean isStep(String name) {
    return name.isEmpty() || name.equals(".") || name.equals("..");
  }

  private OpenDirectory again(OpenDirectory folder) {
    return passage(folder.location(), () -> folder.descriptor().again(), ErrnoException::words);
  }

  private OpenDirectory openTop(Account account) {
    var location = new HomeLocation(account.id(), "/");
    try {
      return OpenDirectory.onTheWay(sys, FileDescriptor.root(sys), location);
    } catch (ErrnoException e) {
      throw location.failed("open", e);
    }
  }

  private OpenDirectory passage(OpenDirectory above, String name) {
    return passage(
        above.location().child(name),
        () -> open(above, name, Syscalls.PATH_ONLY | sys.directory()),
        e -> above.natureOf(name, e));
  }

  private OpenDirectory passage(
      HomeLocation location,
      Supplier<FileDescriptor> opening,
      Function<ErrnoException, String> words) {
    try {
      FileDescriptor opened = opening.get();
      var folder = OpenDirectory.onTheWay(sys, opened, location);
      try {
        refuseUntrusted(opened.status(), location);
        return folder;
      } catch (HomeException | ErrnoException e) {
        folder.close();
        throw e;
      }
    } catch (ErrnoException e) {
      throw onTheWay(location, words.apply(e), e);
    }
  }

  private void refuseUntrusted(FileStatus status, HomeLocation location) {
    if (isForeign(status)) {
      throw onTheWay(
          location, "it belongs to user " + status.uid() + ", not to root or user " + ownUid);
    }
    if (status.isWritableByOthers() && !status.isSticky()) {
      throw onTheWay(
          location, "others can write to it (mode " + Integer.toOctalString(status.mode()) + ")");
    }
  }

  private boolean isForeign(FileStatus status) {
    return status.uid() != 0 && status.uid() != ownUid;
  }

  /**
   * Sticky will do on the way, where the next folder is root's; here anybody could take the name of
   * the home.
   */
  private static void refuseIfOpenToOthers(OpenDirectory parent) {
    try {
      if (parent.descriptor().status().isWritableByOthers()) {
        throw onTheWay(parent.location(), "others can write to it");
      }
    } catch (ErrnoException e) {
      throw onTheWay(parent.location(), e.words(), e);
    }
  }

  private static HomeException onTheWay(HomeLocation location, String reason) {
    return new HomeException(HomeFault.SYSTEM, wayMessage(location, reason));
  }

  static HomeException onTheWay(HomeLocation location, String reason, ErrnoException e) {
    return e.errno().isStale()
        ? new StalePathException(wayMessage(location, reason), e)
        : new HomeException(HomeFault.SYSTEM, wayMessage(location, reason), e);
  }

  private static String wayMessage(HomeLocation location, String reason) {
    return "could not open "
        + location.path()
        + " on the way to the home of "
        + location.account()
        + ": "
        + reason;
  }
}

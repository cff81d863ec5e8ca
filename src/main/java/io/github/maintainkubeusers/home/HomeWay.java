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
final class HomeWay {
  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final Syscalls sys;
  private final int ownUid;
  private final boolean asksServers;

  private HomeWay(Syscalls sys, int ownUid, boolean asksServers) {
    this.sys = sys;
    this.ownUid = ownUid;
    this.asksServers = asksServers;
  }

  HomeWay(Syscalls sys, int ownUid) {
    this(sys, ownUid, false);
  }

  /**
   * The same, but on a network filesystem each folder is asked for anew before a name in it is
   * believed. Steps by descriptor would otherwise believe for up to a minute what the kernel
   * remembers.
   */
  HomeWay askingServers() {
    return new HomeWay(sys, ownUid, true);
  }

  /**
   * The folder in which the home stands or is to stand, as a place to start from.
   *
   * @param root the configured one that the home is below
   */
  Directory openParent(Account account, HomePath root) {
    Directory folder = openRoot(account, root);
    List<String> names = account.home().components();
    for (String name : names.subList(root.components().size(), names.size() - 1)) {
      try (Directory above = folder) {
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
  private Directory openRoot(Account account, HomePath root) {
    Deque<String> ahead = new ArrayDeque<>(root.components());
    Directory folder = openTop(account);
    int links = 0;
    while (!ahead.isEmpty()) {
      try (Directory above = folder) {
        String name = ahead.pop();
        Optional<String> target = linkIn(above, name);
        if (target.isEmpty()) {
          folder = step(above, name);
        } else if (++links > MOST_LINKS) {
          throw onTheWay(above.place().child(name), "more than " + MOST_LINKS + " symbolic links");
        } else {
          folder = target.get().startsWith("/") ? openTop(account) : again(above);
          List.of(target.get().split("/")).reversed().forEach(ahead::push);
        }
      }
    }
    return Directory.onTheWay(sys, folder.descriptor(), new Place(account.id(), root.value()));
  }

  /**
   * @return where the name leads, when it is a link that can be trusted
   */
  private Optional<String> linkIn(Directory above, String name) {
    if (isStep(name)) {
      return Optional.empty();
    }
    Place place = above.place().child(name);
    try (FileDescriptor thing = open(above, name, Syscalls.PATH_ONLY)) {
      FileStatus status = thing.status();
      if (status.kind() != FileKind.LINK) {
        return Optional.empty();
      }
      if (isForeign(status)) {
        throw onTheWay(
            place,
            "it is a symbolic link of user " + status.uid() + ", not of root or user " + ownUid);
      }
      if (above.descriptor().status().isWritableByOthers()) {
        throw onTheWay(place, "it is a symbolic link where others can put another");
      }
      return Optional.of(thing.target());
    } catch (ErrnoException e) {
      throw onTheWay(place, e.words(), e);
    }
  }

  private FileDescriptor open(Directory above, String name, int flags) {
    if (asksServers) {
      sys.refresh(above.descriptor().number());
    }
    return sys.open(above.descriptor().number(), name, flags);
  }

  private Directory step(Directory above, String name) {
    return switch (name) {
      case "", "." -> again(above);
      case ".." ->
          passage(
              above.place().above(),
              () -> sys.openAbove(above.descriptor().number()),
              ErrnoException::words);
      default -> passage(above, name);
    };
  }

  private static boolean isStep(String name) {
    return name.isEmpty() || name.equals(".") || name.equals("..");
  }

  private Directory again(Directory folder) {
    return passage(
        folder.place(), () -> sys.openAgain(folder.descriptor().number()), ErrnoException::words);
  }

  private Directory openTop(Account account) {
    var place = new Place(account.id(), "/");
    try {
      return Directory.onTheWay(sys, sys.openRoot(), place);
    } catch (ErrnoException e) {
      throw place.failed("open", e);
    }
  }

  private Directory passage(Directory above, String name) {
    return passage(
        above.place().child(name),
        () -> open(above, name, Syscalls.PATH_ONLY | sys.directory()),
        e -> above.natureOf(name, e));
  }

  private Directory passage(
      Place place, Supplier<FileDescriptor> opening, Function<ErrnoException, String> words) {
    try {
      FileDescriptor opened = opening.get();
      var folder = Directory.onTheWay(sys, opened, place);
      try {
        refuseUntrusted(opened.status(), place);
        return folder;
      } catch (HomeException | ErrnoException e) {
        folder.close();
        throw e;
      }
    } catch (ErrnoException e) {
      throw onTheWay(place, words.apply(e), e);
    }
  }

  private void refuseUntrusted(FileStatus status, Place place) {
    if (isForeign(status)) {
      throw onTheWay(
          place, "it belongs to user " + status.uid() + ", not to root or user " + ownUid);
    }
    if (status.isWritableByOthers() && !status.isSticky()) {
      throw onTheWay(
          place, "others can write to it (mode " + Integer.toOctalString(status.mode()) + ")");
    }
  }

  private boolean isForeign(FileStatus status) {
    return status.uid() != 0 && status.uid() != ownUid;
  }

  /**
   * Sticky will do on the way, where the next folder is root's; here anybody could take the name of
   * the home.
   */
  private static void refuseIfOpenToOthers(Directory parent) {
    try {
      if (parent.descriptor().status().isWritableByOthers()) {
        throw onTheWay(parent.place(), "others can write to it");
      }
    } catch (ErrnoException e) {
      throw onTheWay(parent.place(), e.words(), e);
    }
  }

  private static HomeException onTheWay(Place place, String reason) {
    return new HomeException(HomeFault.SYSTEM, wayMessage(place, reason));
  }

  static HomeException onTheWay(Place place, String reason, ErrnoException e) {
    return e.errno().isStale()
        ? new StaleWayException(wayMessage(place, reason), e)
        : new HomeException(HomeFault.SYSTEM, wayMessage(place, reason), e);
  }

  private static String wayMessage(Place place, String reason) {
    return "could not open "
        + place.path()
        + " on the way to the home of "
        + place.account()
        + ": "
        + reason;
  }
}

package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.linux.ErrnoException;
import io.github.maintainkubeusers.linux.FileDescriptor;
import io.github.maintainkubeusers.linux.FileStatus;

/**
 * Says what is wrong with a call on a name in a folder, and who can help. Permission that is denied
 * is the owner's to give where the modes deny it; where they do not, or on the way to homes, it is
 * for whoever runs the filesystem.
 *
 * @param tenants false for a folder on the way
 * @param againstMode who is told of what is denied though the owner's permissions allow it
 */
record FolderErrors(
    FileDescriptor folder, HomeLocation location, boolean tenants, HomeFault againstMode) {
  /** The owner's permissions that acts take. */
  static final int ALL = 0700;

  static final int READ = 0400;
  static final int CHANGE = 0300;
  static final int SEARCH = 0100;

  /**
   * @param needed the owner's permissions for the folder that the act takes
   */
  HomeException of(String act, String name, int needed, ErrnoException e) {
    return of(act, name, e, !e.errno().isDenial() || allows(needed));
  }

  /**
   * @param seen what was to be opened and read
   */
  HomeException ofOpening(String act, String name, FileStatus seen, ErrnoException e) {
    return of(act, name, e, !e.errno().isDenial() || (seen.allowsOwner(READ) && allows(SEARCH)));
  }

  /** Of the folder itself, to be written to. */
  HomeException of(String act, ErrnoException e) {
    if (!e.errno().isDenial()) {
      return location.failed(act, e);
    }
    return allows(ALL) ? location.deniedAgainstMode(againstMode, act, e) : closed();
  }

  /** Its owner is told how to open it. */
  HomeException closed() {
    return location.refused(
        HomeFault.OWNER,
        "write to",
        "its permissions forbid its owner to make files in it (mode "
            + Integer.toOctalString(mode())
            + "); chmod u+rwx it");
  }

  /** Of making something with a name in the folder. */
  HomeException ofMaking(String name, ErrnoException e) {
    return tenants && e.errno().isDenial() && !allows(CHANGE)
        ? closed()
        : of("create", name, CHANGE, e);
  }

  FolderErrors notStoppingOthers() {
    return new FolderErrors(folder, location, tenants, HomeFault.OWNER);
  }

  private HomeException of(String act, String name, ErrnoException e, boolean allowed) {
    HomeLocation thing = location.child(name);
    if (!e.errno().isDenial()) {
      return thing.failed(act, e);
    }
    if (!tenants) {
      return thing.failed(HomeFault.SYSTEM, act, e);
    }
    return allowed ? thing.deniedAgainstMode(againstMode, act, e) : thing.failed(act, e);
  }

  private boolean allows(int needed) {
    return (mode() & needed) == needed;
  }

  private int mode() {
    try {
      return folder.status().mode();
    } catch (ErrnoException e) {
      throw location.failed("look at", e);
    }
  }
}

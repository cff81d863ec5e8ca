package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.linux.Errno;
import io.github.maintainkubeusers.linux.ErrnoException;
import io.github.maintainkubeusers.linux.FileDescriptor;
import io.github.maintainkubeusers.linux.FileKind;
import io.github.maintainkubeusers.linux.FileStatus;
import io.github.maintainkubeusers.linux.Inode;
import io.github.maintainkubeusers.linux.Syscalls;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An open folder, and what can be done with the names in it without following a link, entering a
 * mount or opening something that waits. Failures are {@link HomeException}.
 */
final class OpenDirectory implements AutoCloseable {
  private final Syscalls sys;
  private final FileDescriptor descriptor;
  private final HomeLocation location;
  private final FolderErrors errors;

  private OpenDirectory(
      Syscalls sys, FileDescriptor descriptor, HomeLocation location, FolderErrors errors) {
    this.sys = sys;
    this.descriptor = descriptor;
    this.location = location;
    this.errors = errors;
  }

  /** A folder on the way to homes: what is denied there is not for tenants to allow. */
  static OpenDirectory onTheWay(Syscalls sys, FileDescriptor descriptor, HomeLocation location) {
    return new OpenDirectory(
        sys, descriptor, location, new FolderErrors(descriptor, location, false, HomeFault.SYSTEM));
  }

  /** A folder of the tenant's. */
  static OpenDirectory ofTenant(Syscalls sys, FileDescriptor descriptor, HomeLocation location) {
    return new OpenDirectory(
        sys, descriptor, location, new FolderErrors(descriptor, location, true, HomeFault.SYSTEM));
  }

  /**
   * The same folder, but told to its owner is also what is denied there though its owner's
   * permissions allow it. The owner cannot mend that, but it is not to stop what is done for the
   * owner elsewhere.
   */
  OpenDirectory notStoppingOthers() {
    return new OpenDirectory(sys, descriptor, location, errors.notStoppingOthers());
  }

  HomeLocation location() {
    return location;
  }

  FileDescriptor descriptor() {
    return descriptor;
  }

  /** What stands under the name, if anything does. */
  Optional<FileStatus> stat(String name) {
    return present(
        "look at",
        name,
        FolderErrors.SEARCH,
        () -> {
          try (FileDescriptor thing = open(name, Syscalls.PATH_ONLY)) {
            return thing.status();
          }
        });
  }

  /**
   * Whether the name stands for exactly this thing. A file server need not be asked what the thing
   * is like.
   */
  boolean contains(String name, Inode thing) {
    return present(
            "look at",
            name,
            FolderErrors.SEARCH,
            () -> {
              try (FileDescriptor found = open(name, Syscalls.PATH_ONLY)) {
                return found.inode();
              }
            })
        .filter(thing::equals)
        .isPresent();
  }

  /** In words, what stands under a name that could not be opened as a folder. */
  String natureOf(String name, ErrnoException e) {
    if (e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP) {
      return e.words();
    }
    try (FileDescriptor thing = descriptor.open(name, Syscalls.PATH_ONLY)) {
      return "it is " + thing.status().kind() + ", not a directory";
    } catch (ErrnoException _) {
      return e.words();
    }
  }

  /** Refuses a folder that its owner may not read and change, in whose identity the thread is. */
  void refuseUnlessWritable() {
    try {
      if (!sys.checkAccess(descriptor.number())
          && !descriptor.status().allowsOwner(FolderErrors.ALL)) {
        throw errors.closed();
      }
    } catch (ErrnoException e) {
      throw errors.of("write to", e);
    }
  }

  /** What this folder is like now. */
  FileStatus status() {
    try {
      return descriptor.status();
    } catch (ErrnoException e) {
      throw location.failed("look at", e);
    }
  }

  /**
   * The folder, if there is one. Whatever else has the name is refused, and so is a folder of
   * somebody else's.
   */
  Optional<OpenDirectory> folder(String name, Uid owner) {
    return folder(name, owner, 0);
  }

  /** As {@link #folder}, but only as a place to look from: it need not be readable. */
  Optional<OpenDirectory> passage(String name, Uid owner) {
    return folder(name, owner, Syscalls.PATH_ONLY);
  }

  private Optional<OpenDirectory> folder(String name, Uid owner, int flags) {
    try {
      // Opens nothing but folders, so that nothing has to be looked at before.
      FileDescriptor opened =
          asking(errno -> errno == Errno.ESTALE, () -> open(name, sys.directory() | flags));
      return Optional.of(refusingForeign(ofTenant(sys, opened, location.child(name)), owner));
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      return stat(name)
          .map(status -> refuseUnlessFolder(name, status, owner))
          .map(
              seen -> {
                throw errors.ofOpening("open", name, seen, e);
              });
    }
  }

  private OpenDirectory refusingForeign(OpenDirectory folder, Uid owner) {
    try {
      refuseUnlessFolder(folder.location.name(), folder.status(), owner);
      return folder;
    } catch (HomeException e) {
      folder.close();
      throw e;
    }
  }

  private FileStatus refuseUnlessFolder(String name, FileStatus status, Uid owner) {
    if (status.kind() != FileKind.DIRECTORY) {
      throw location
          .child(name)
          .refused(
              HomeFault.OWNER,
              "open",
              "it is "
                  + status.kind()
                  + ", not a directory; rename or delete it, and a directory will be made");
    }
    if (status.uid() != owner.value()) {
      throw location
          .child(name)
          .refused(
              HomeFault.OWNER,
              "open",
              "it belongs to user "
                  + status.uid()
                  + ", not to "
                  + owner
                  + "; rename or delete it, and a directory will be made");
    }
    return status;
  }

  /**
   * Opens what has been looked at, to read it.
   *
   * @param reading what to do with it
   */
  <T> Optional<T> reading(String name, FileStatus seen, Function<FileDescriptor, T> reading) {
    return unlessAbsent(
        () -> {
          try (FileDescriptor file = open(name, 0)) {
            return reading.apply(file);
          }
        },
        e -> errors.ofOpening("read", name, seen, e));
  }

  /**
   * A new file with new content, of the caller's identity. Nothing is left of it when that fails.
   *
   * @param meantFor the name it will have in the end, for messages
   * @return what came of it: not every filesystem gives a file the owner and mode it is told
   */
  FileStatus create(String name, String meantFor, byte[] content, int mode, boolean sync) {
    return attempt(
        "write",
        meantFor,
        FolderErrors.CHANGE,
        () -> {
          FileDescriptor file =
              descriptor.openWithin(name, Syscalls.WRITE_ONLY | Syscalls.CREATE_NEW, mode);
          try (file) {
            ensureMode(file, mode);
            file.write(content);
            if (sync) {
              file.sync();
            }
            FileStatus made = file.status();
            file.finish();
            return made;
          } catch (ErrnoException e) {
            removeQuietly(name);
            throw e;
          }
        });
  }

  /**
   * It has the mode from the start where neither umask nor an access list of the folder takes
   * something away.
   */
  private static void ensureMode(FileDescriptor file, int mode) {
    if (file.status().mode() != mode) {
      file.chmod(mode);
    }
  }

  void rename(String from, String to) {
    attempt("write", to, FolderErrors.CHANGE, () -> sys.rename(descriptor.number(), from, to));
  }

  /**
   * @return false when there was nothing to remove
   */
  boolean remove(String name) {
    return present(
            "remove",
            name,
            FolderErrors.CHANGE,
            () -> {
              sys.unlink(descriptor.number(), name);
              return true;
            })
        .isPresent();
  }

  /** For what is found again later if it stays. */
  void removeQuietly(String name) {
    try {
      sys.unlink(descriptor.number(), name);
    } catch (ErrnoException _) {
      // The sweep of a later visit tries again.
    }
  }

  void sync() {
    try {
      descriptor.sync();
    } catch (ErrnoException e) {
      if (e.errno() != Errno.EINVAL) {
        throw location.failed("sync", e);
      }
    }
  }

  /**
   * Does the work once more when the kernel's picture of this folder may be older than the
   * server's.
   *
   * @param doubtful the answers that a server may have taken back
   */
  <T> T asking(Predicate<Errno> doubtful, Supplier<T> work) {
    try {
      return work.get();
    } catch (ErrnoException e) {
      if (!doubtful.test(e.errno())) {
        throw e;
      }
      sys.refresh(descriptor.number());
      return work.get();
    }
  }

  HomeException failedToMake(String name, ErrnoException e) {
    return errors.ofMaking(name, e);
  }

  private FileDescriptor open(String name, int flags) {
    return descriptor.openWithin(name, flags, 0);
  }

  private <T> Optional<T> present(String act, String name, int needed, Supplier<T> work) {
    return unlessAbsent(work, e -> errors.of(act, name, needed, e));
  }

  private <T> Optional<T> unlessAbsent(
      Supplier<T> work, Function<ErrnoException, HomeException> failed) {
    try {
      return Optional.of(asking(errno -> errno == Errno.ESTALE, work));
    } catch (ErrnoException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw failed.apply(e);
    }
  }

  private <T> T attempt(String act, String name, int needed, Supplier<T> work) {
    try {
      return work.get();
    } catch (ErrnoException e) {
      throw errors.of(act, name, needed, e);
    }
  }

  private void attempt(String act, String name, int needed, Runnable work) {
    Object _ =
        attempt(
            act,
            name,
            needed,
            () -> {
              work.run();
              return true;
            });
  }

  @Override
  public void close() {
    descriptor.close();
  }
}

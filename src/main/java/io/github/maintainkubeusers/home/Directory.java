package io.github.maintainkubeusers.home;

import java.util.Optional;
import java.util.function.Supplier;

import io.github.maintainkubeusers.account.Uid;

/**
 * An open folder, and what can be done with the names in it without following a link, entering a mount or opening
 * something that waits. Failures are {@link HomeException}.
 */
final class Directory implements AutoCloseable {
    private final Syscalls sys;
    private final Descriptor descriptor;
    private final Place place;

    Directory(Syscalls sys, Descriptor descriptor, Place place) {
        this.sys = sys;
        this.descriptor = descriptor;
        this.place = place;
    }

    Place place() {
        return place;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /** What stands under the name, if anything does. */
    Optional<Status> look(String name) {
        return present("look at", name, () -> {
            try (Descriptor thing = open(name, Syscalls.PATH_ONLY)) {
                return thing.status();
            }
        });
    }

    /** Whether the name stands for exactly this thing. */
    boolean holds(String name, Status thing) {
        return look(name).filter(thing::isSameThingAs).isPresent();
    }

    /** What this folder is like now. */
    Status status() {
        try {
            return descriptor.status();
        } catch (ErrnoException e) {
            throw place.failed("look at", e);
        }
    }

    /** The folder, if there is one. Whatever else has the name is refused, and so is a folder of somebody else's. */
    Optional<Directory> folder(String name, Uid owner) {
        if (look(name).map(status -> refuseUnlessFolder(name, status, owner)).isEmpty()) {
            return Optional.empty();
        }
        return present("open", name, () -> open(name, sys.directory())).map(opened -> {
            var folder = new Directory(sys, opened, place.child(name));
            try {
                refuseUnlessFolder(name, attempt("open", name, opened::status), owner);
                return folder;
            } catch (HomeException e) {
                folder.close();
                throw e;
            }
        });
    }

    private Status refuseUnlessFolder(String name, Status status, Uid owner) {
        if (status.kind() != FileKind.DIRECTORY) {
            throw place.child(name).refused(HomeFault.OWNER, "open",
                    "it is " + status.kind() + ", not a directory; rename or delete it, and a directory will be made");
        }
        if (status.uid() != owner.value()) {
            throw place.child(name).refused(HomeFault.OWNER, "open", "it belongs to user " + status.uid() + ", not to "
                    + owner + "; rename or delete it, and a directory will be made");
        }
        return status;
    }

    /** What the file holds, if there is one; refused unless it is a plain file of the owner's within the limit. */
    Optional<byte[]> read(String name, FileRules rules) {
        if (look(name).map(status -> accept(name, status, rules)).isEmpty()) {
            return Optional.empty();
        }
        return present("read", name, () -> {
            try (Descriptor file = open(name, 0)) {
                Status status = accept(name, file.status(), rules);
                byte[] content = file.read(status.size(), rules.maxBytes() + 1);
                rules.faultOfLength(content.length).ifPresent(fault -> {
                    throw unreadable(name, fault);
                });
                return content;
            }
        });
    }

    private Status accept(String name, Status status, FileRules rules) {
        rules.faultOf(status).ifPresent(fault -> {
            throw unreadable(name, fault);
        });
        return status;
    }

    private HomeException unreadable(String name, String fault) {
        return place.child(name).refused(HomeFault.OWNER, "read",
                fault + "; rename or delete it, and it will be made anew");
    }

    /**
     * A new file with new content, of the caller's identity. Nothing is left of it when that fails.
     *
     * @param meantFor the name it will have in the end, for messages
     * @return what came of it: not every filesystem gives a file the owner and mode it is told
     */
    Status create(String name, String meantFor, byte[] content, int mode, boolean sync) {
        return attempt("write", meantFor, () -> {
            Descriptor file = sys.openWithin(descriptor.number(), name, Syscalls.WRITE_ONLY | Syscalls.CREATE_NEW,
                    0600);
            try (file) {
                file.write(content);
                file.chmod(mode);
                if (sync) {
                    file.sync();
                }
                Status made = file.status();
                file.finish();
                return made;
            } catch (ErrnoException e) {
                removeQuietly(name);
                throw e;
            }
        });
    }

    void rename(String from, String to) {
        attempt("write", to, () -> sys.rename(descriptor.number(), from, to));
    }

    /** @return false when there was nothing to remove */
    boolean remove(String name) {
        return present("remove", name, () -> {
            sys.unlink(descriptor.number(), name);
            return true;
        }).isPresent();
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
                throw place.failed("sync", e);
            }
        }
    }

    private Descriptor open(String name, int flags) {
        return sys.openWithin(descriptor.number(), name, flags, 0);
    }

    private <T> Optional<T> present(String act, String name, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw place.child(name).failed(act, e);
        }
    }

    private <T> T attempt(String act, String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (ErrnoException e) {
            throw place.child(name).failed(act, e);
        }
    }

    private void attempt(String act, String name, Runnable work) {
        Object _ = attempt(act, name, () -> {
            work.run();
            return true;
        });
    }

    @Override
    public void close() {
        descriptor.close();
    }
}

package io.github.maintainkubeusers.home;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.maintainkubeusers.account.Uid;

/**
 * An open folder, and what can be done with the names in it without following a link, entering a mount or opening
 * something that waits. Failures are {@link HomeException}.
 */
final class Directory implements AutoCloseable {
    /** The owner's permissions that acts take. */
    static final int READ = 0400;
    static final int CHANGE = 0300;
    static final int SEARCH = 0100;

    private final Syscalls sys;
    private final Descriptor descriptor;
    private final Place place;
    private final boolean tenants;
    private final HomeFault againstMode;

    private Directory(Syscalls sys, Descriptor descriptor, Place place, boolean tenants, HomeFault againstMode) {
        this.sys = sys;
        this.descriptor = descriptor;
        this.place = place;
        this.tenants = tenants;
        this.againstMode = againstMode;
    }

    /** A folder on the way to homes: what is denied there is not for tenants to allow. */
    static Directory onTheWay(Syscalls sys, Descriptor descriptor, Place place) {
        return new Directory(sys, descriptor, place, false, HomeFault.SYSTEM);
    }

    /** A folder of the tenant's. */
    static Directory ofTenant(Syscalls sys, Descriptor descriptor, Place place) {
        return new Directory(sys, descriptor, place, true, HomeFault.SYSTEM);
    }

    /**
     * The same folder, but told to its owner is also what is denied there though its owner's permissions allow it. The
     * owner cannot mend that, but it is not to stop what is done for the owner elsewhere.
     */
    Directory notStoppingOthers() {
        return new Directory(sys, descriptor, place, tenants, HomeFault.OWNER);
    }

    Place place() {
        return place;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /** What stands under the name, if anything does. */
    Optional<Status> look(String name) {
        return present("look at", name, SEARCH, () -> {
            try (Descriptor thing = open(name, Syscalls.PATH_ONLY)) {
                return thing.status();
            }
        });
    }

    /** Whether the name stands for exactly this thing. */
    boolean holds(String name, Status thing) {
        return look(name).filter(thing::isSameThingAs).isPresent();
    }

    /** In words, what stands under a name that could not be opened as a folder. */
    String natureOf(String name, ErrnoException e) {
        if (e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP) {
            return e.words();
        }
        try (Descriptor thing = sys.open(descriptor.number(), name, Syscalls.PATH_ONLY)) {
            return "it is " + thing.status().kind() + ", not a directory";
        } catch (ErrnoException _) {
            return e.words();
        }
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
        Optional<Status> seen = look(name).map(status -> refuseUnlessFolder(name, status, owner));
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        return opened("open", name, seen.get(), () -> open(name, sys.directory())).map(opened -> {
            var folder = ofTenant(sys, opened, place.child(name));
            try {
                refuseUnlessFolder(name, attempt("open", name, SEARCH, opened::status), owner);
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
        Optional<Status> seen = look(name).map(status -> accept(name, status, rules));
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        return opened("read", name, seen.get(), () -> {
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
        return attempt("write", meantFor, CHANGE, () -> {
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
        attempt("write", to, CHANGE, () -> sys.rename(descriptor.number(), from, to));
    }

    /** @return false when there was nothing to remove */
    boolean remove(String name) {
        return present("remove", name, CHANGE, () -> {
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

    /**
     * Does the work once more when the kernel's picture of this folder may be older than the server's.
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

    /** @param needed the owner's permissions for this folder that the act takes */
    HomeException failed(String act, String name, int needed, ErrnoException e) {
        return failed(act, name, () -> status().allowsOwner(needed), e);
    }

    /** @param allowed whether the modes allow the act; asked after a denial only */
    private HomeException failed(String act, String name, BooleanSupplier allowed, ErrnoException e) {
        Place thing = place.child(name);
        if (!e.errno().isDenial()) {
            return thing.failed(act, e);
        }
        if (!tenants) {
            return thing.failed(HomeFault.SYSTEM, act, e);
        }
        return allowed.getAsBoolean() ? thing.deniedAgainstMode(againstMode, act, e) : thing.failed(act, e);
    }

    private Descriptor open(String name, int flags) {
        return sys.openWithin(descriptor.number(), name, flags, 0);
    }

    /** Opens what has been looked at. */
    private <T> Optional<T> opened(String act, String name, Status seen, Supplier<T> work) {
        return unlessAbsent(work, e -> failed(act, name,
                () -> status().allowsOwner(SEARCH) && seen.allowsOwner(READ), e));
    }

    private <T> Optional<T> present(String act, String name, int needed, Supplier<T> work) {
        return unlessAbsent(work, e -> failed(act, name, needed, e));
    }

    private <T> Optional<T> unlessAbsent(Supplier<T> work, Function<ErrnoException, HomeException> failed) {
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
            throw failed(act, name, needed, e);
        }
    }

    private void attempt(String act, String name, int needed, Runnable work) {
        Object _ = attempt(act, name, needed, () -> {
            work.run();
            return true;
        });
    }

    @Override
    public void close() {
        descriptor.close();
    }
}

package io.github.maintainkubeusers.home;

import java.util.List;
import java.util.Optional;

import io.github.maintainkubeusers.account.Account;

/**
 * The way from the root of the filesystem to a home, one name at a time. Every folder on it belongs to root or to us,
 * so that no tenant can bend it.
 */
final class HomeWay {
    private final Syscalls sys;
    private final int ownUid;

    HomeWay(Syscalls sys, int ownUid) {
        this.sys = sys;
        this.ownUid = ownUid;
    }

    /** The folder in which the home stands or is to stand, as a place to start from. */
    Directory openParent(Account account) {
        Directory folder = openRoot(account);
        List<String> names = account.home().components();
        for (String name : names.subList(0, names.size() - 1)) {
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

    /** To be called as the account: its home, if there is one. */
    Optional<Directory> openHome(Directory parent, Account account) {
        List<String> names = account.home().components();
        String name = names.getLast();
        Place place = parent.place().child(name);
        Directory home;
        try {
            home = new Directory(sys, sys.open(parent.descriptor().number(), name, sys.directory()), place);
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case ENOENT -> Optional.empty();
                case ENOTDIR, ELOOP -> throw place.refused(HomeFault.SYSTEM, "open", whatIsThere(parent, name, e));
                default -> throw place.failed("open", e);
            };
        }
        try {
            refuseForeign(home, account);
            return Optional.of(home);
        } catch (HomeException e) {
            home.close();
            throw e;
        }
    }

    private Directory openRoot(Account account) {
        var place = new Place(account.id(), "/");
        try {
            return new Directory(sys, sys.openRoot(), place);
        } catch (ErrnoException e) {
            throw place.failed("open", e);
        }
    }

    private Directory passage(Directory above, String name) {
        Place place = above.place().child(name);
        try {
            Descriptor opened = sys.open(above.descriptor().number(), name, Syscalls.PATH_ONLY | sys.directory());
            var folder = new Directory(sys, opened, place);
            try {
                refuseUntrusted(opened.status(), place);
                return folder;
            } catch (HomeException | ErrnoException e) {
                folder.close();
                throw e;
            }
        } catch (ErrnoException e) {
            throw onTheWay(place, whatIsThere(above, name, e));
        }
    }

    private void refuseUntrusted(Status status, Place place) {
        if (status.uid() != 0 && status.uid() != ownUid) {
            throw onTheWay(place, "it belongs to user " + status.uid() + ", not to root or user " + ownUid);
        }
        if (status.isWritableByOthers() && !status.isSticky()) {
            throw onTheWay(place, "others can write to it (mode " + Integer.toOctalString(status.mode()) + ")");
        }
    }

    /** Sticky will do on the way, where the next folder is root's; here anybody could take the name of the home. */
    private static void refuseIfOpenToOthers(Directory parent) {
        try {
            if (parent.descriptor().status().isWritableByOthers()) {
                throw onTheWay(parent.place(), "others can write to it");
            }
        } catch (ErrnoException e) {
            throw parent.place().failed("open", e);
        }
    }

    private static HomeException onTheWay(Place place, String reason) {
        return new HomeException(HomeFault.SYSTEM,
                "could not open " + place.path() + " on the way to the home of " + place.account() + ": " + reason);
    }

    private String whatIsThere(Directory above, String name, ErrnoException e) {
        if (e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP) {
            return e.words();
        }
        try (Descriptor thing = sys.open(above.descriptor().number(), name, Syscalls.PATH_ONLY)) {
            return "it is " + thing.status().kind() + ", not a directory";
        } catch (ErrnoException _) {
            return e.words();
        }
    }

    private static void refuseForeign(Directory home, Account account) {
        try {
            int uid = home.descriptor().status().uid();
            if (uid != account.uid().value()) {
                throw home.place().refused(HomeFault.SYSTEM, "open",
                        "it belongs to user " + uid + ", not to " + account.uid());
            }
        } catch (ErrnoException e) {
            throw home.place().failed("open", e);
        }
    }
}

package io.github.maintainkubeusers.home;

import static java.util.stream.Collectors.toCollection;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts files into an open home; to be used as its owner. */
final class HomeWriter implements AutoCloseable {
    private final Directory home;
    private final FileRules rules;
    private final boolean sync;
    private final Map<String, Directory> folders = new HashMap<>();

    HomeWriter(Directory home, FileRules rules, boolean sync) {
        this.home = home;
        this.rules = rules;
        this.sync = sync;
    }

    /** A write, and the name that its content has until all is written. */
    record Draft(HomeWrite write, String temporaryName) {
        HomeFile file() {
            return write.file();
        }
    }

    Set<HomeFile> write(List<Draft> drafts) {
        List<Draft> changes = drafts.stream().filter(draft -> !isInPlace(draft.write())).toList();
        int placed = 0;
        try {
            changes.forEach(this::create);
            changes.forEach(draft -> refuseIfChanged(draft.write()));
            for (Draft draft : changes) {
                folder(draft).rename(draft.temporaryName(), draft.file().fileName());
                placed++;
            }
        } finally {
            changes.stream().skip(placed).forEach(draft -> folder(draft).removeQuietly(draft.temporaryName()));
        }
        if (sync) {
            changes.stream().map(this::folder).distinct().forEach(Directory::sync);
        }
        return changes.stream().map(Draft::file).collect(toCollection(() -> EnumSet.noneOf(HomeFile.class)));
    }

    /** The folders that files were written to. */
    Iterable<Directory> folders() {
        return folders.values();
    }

    private void create(Draft draft) {
        folder(draft).create(draft.temporaryName(), draft.file().fileName(), draft.write().content(),
                draft.file().mode(), sync);
    }

    private boolean isInPlace(HomeWrite write) {
        Directory folder = folder(write.file());
        String name = write.file().fileName();
        Optional<Status> found = folder.look(name);
        if (found.isEmpty() || isToBeReplaced(write.file(), found.get())) {
            return false;
        }
        return folder.read(name, rules).filter(content -> Arrays.equals(content, write.content())).isPresent();
    }

    /**
     * Our own files are replaced whatever they are now: a rename takes the place of a link, it does not follow it. The
     * kubeconfig is shared with its owner, who may have meant what is there; reading it says what is wrong.
     */
    private boolean isToBeReplaced(HomeFile file, Status found) {
        if (found.kind() == FileKind.DIRECTORY) {
            throw folder(file).place().child(file.fileName()).refused(HomeFault.OWNER, "write",
                    "it is a directory; rename or delete it, and the file will be made");
        }
        if (rules.faultOf(found).isPresent()) {
            return file != HomeFile.KUBECONFIG;
        }
        return found.mode() != file.mode();
    }

    private void refuseIfChanged(HomeWrite write) {
        if (write.replaces().isEmpty()) {
            return;
        }
        Optional<byte[]> expected = write.replaces().get();
        Optional<byte[]> found = folder(write.file()).read(write.file().fileName(), rules);
        boolean same = found.map(ByteBuffer::wrap).equals(expected.map(ByteBuffer::wrap));
        if (!same) {
            throw folder(write.file()).place().child(write.file().fileName()).refused(HomeFault.CHANGED, "write",
                    "it was changed meanwhile");
        }
    }

    private Directory folder(Draft draft) {
        return folder(draft.file());
    }

    private Directory folder(HomeFile file) {
        return folders.computeIfAbsent(file.folder(), name -> home.folder(name, rules.owner()).orElseThrow(
                () -> home.place().child(name).refused(HomeFault.CHANGED, "write to", "there is no such directory")));
    }

    @Override
    public void close() {
        folders.values().forEach(Directory::close);
    }
}

package io.github.maintainkubeusers.home;

import static java.util.stream.Collectors.toCollection;

import io.github.maintainkubeusers.linux.FileKind;
import io.github.maintainkubeusers.linux.FileStatus;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts files into an open home; to be used as its owner. */
final class HomeWriter implements AutoCloseable {
  private final OpenDirectory home;
  private final FileRules rules;
  private final boolean sync;
  private final Map<String, OpenDirectory> folders = new HashMap<>();
  private final Map<HomeFile, FileStatus> made = new EnumMap<>(HomeFile.class);

  HomeWriter(OpenDirectory home, FileRules rules, boolean sync) {
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
      changes.stream()
          .skip(placed)
          .forEach(draft -> folder(draft).removeQuietly(draft.temporaryName()));
    }
    if (sync) {
      changes.stream().map(this::folder).distinct().forEach(OpenDirectory::sync);
    }
    changes.forEach(draft -> verify(draft.file()));
    return changes.stream()
        .map(Draft::file)
        .collect(toCollection(() -> EnumSet.noneOf(HomeFile.class)));
  }

  /** The folders that files were written to. */
  Iterable<OpenDirectory> folders() {
    return folders.values();
  }

  private void create(Draft draft) {
    HomeFile file = draft.file();
    FileStatus status =
        folder(file)
            .create(
                draft.temporaryName(), file.fileName(), draft.write().content(), file.mode(), sync);
    if (!isAsMeant(file, status)) {
      throw location(file)
          .refused(
              HomeFault.SYSTEM,
              "write",
              "the filesystem gives it to user "
                  + status.uid()
                  + " with mode "
                  + Integer.toOctalString(status.mode())
                  + ", not to user "
                  + rules.owner()
                  + " with mode "
                  + Integer.toOctalString(file.mode()));
    }
    made.put(file, status);
  }

  /**
   * Its owner may have moved anything meanwhile: what counts is what stands in the home in the end.
   */
  private void verify(HomeFile file) {
    OpenDirectory folder = folder(file);
    if (!home.contains(file.folder(), folder.status().inode())) {
      throw folder.location().refused(HomeFault.CHANGED, "write to", "it was moved away meanwhile");
    }
    if (!folder.contains(file.fileName(), made.get(file).inode())) {
      throw location(file).refused(HomeFault.CHANGED, "write", "it was changed right afterwards");
    }
  }

  private boolean isAsMeant(HomeFile file, FileStatus status) {
    return status.belongsTo(rules.owner().value()) && status.mode() == file.mode();
  }

  private HomeLocation location(HomeFile file) {
    return folder(file).location().child(file.fileName());
  }

  private boolean isInPlace(HomeWrite write) {
    OpenDirectory folder = folder(write.file());
    Optional<FileStatus> found = folder.stat(write.file().fileName());
    return found.isPresent()
        && !isToBeReplaced(write.file(), found.get())
        && isWritten(folder, write, found.get());
  }

  /**
   * Of a file that the new content was made from, the content is known: its reader has just read
   * it. If it is another one by now, that is found out before it is replaced.
   */
  private boolean isWritten(OpenDirectory folder, HomeWrite write, FileStatus found) {
    var reader = new FileReader(folder, rules);
    reader.accept(write.file().fileName(), found);
    if (write.replaces().isPresent()) {
      return found.size() == write.content().length
          && write
              .replaces()
              .get()
              .filter(read -> Arrays.equals(read, write.content()))
              .isPresent();
    }
    try {
      return reader
          .read(write.file().fileName(), found)
          .filter(content -> Arrays.equals(content, write.content()))
          .isPresent();
    } catch (HomeException e) {
      if (isOurs(write.file()) && (e.fault() == HomeFault.OWNER || e.isDenial())) {
        return false;
      }
      throw e;
    }
  }

  /** Ours alone, that is: the kubeconfig is shared with its owner. */
  private static boolean isOurs(HomeFile file) {
    return file != HomeFile.KUBECONFIG;
  }

  /**
   * Our own files are replaced whatever they are now: a rename takes the place of a link, it does
   * not follow it. The kubeconfig is shared with its owner, who may have meant what is there;
   * reading it says what is wrong.
   */
  private boolean isToBeReplaced(HomeFile file, FileStatus found) {
    refuseDirectory(folder(file), file, found);
    if (rules.faultOf(found).isPresent()) {
      return isOurs(file);
    }
    return found.mode() != file.mode();
  }

  /** Whatever else stands in place of our own files is replaced. */
  static void refuseDirectory(OpenDirectory folder, HomeFile file, FileStatus found) {
    if (found.kind() == FileKind.DIRECTORY) {
      throw folder
          .location()
          .child(file.fileName())
          .refused(
              HomeFault.OWNER,
              "write",
              "it is a directory; rename or delete it, and the file will be made");
    }
  }

  private void refuseIfChanged(HomeWrite write) {
    if (write.replaces().isEmpty()) {
      return;
    }
    Optional<byte[]> expected = write.replaces().get();
    Optional<byte[]> found =
        new FileReader(folder(write.file()), rules).read(write.file().fileName());
    boolean same = found.map(ByteBuffer::wrap).equals(expected.map(ByteBuffer::wrap));
    if (!same) {
      throw location(write.file()).refused(HomeFault.CHANGED, "write", "it was changed meanwhile");
    }
  }

  private OpenDirectory folder(Draft draft) {
    return folder(draft.file());
  }

  private OpenDirectory folder(HomeFile file) {
    return folders.computeIfAbsent(
        file.folder(),
        name ->
            home.folder(name, rules.owner())
                .map(folder -> isOurs(file) ? folder : folder.notStoppingOthers())
                .orElseThrow(
                    () ->
                        home.location()
                            .child(name)
                            .refused(HomeFault.CHANGED, "write to", "there is no such directory")));
  }

  @Override
  public void close() {
    folders.values().forEach(OpenDirectory::close);
  }
}

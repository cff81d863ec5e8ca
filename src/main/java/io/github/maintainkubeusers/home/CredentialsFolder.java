package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.Uid;
import java.util.Arrays;

/**
 * The folder for key and certificate, before anything is signed for it; to be used as its owner.
 */
record CredentialsFolder(OpenDirectory home, String name) {
  /**
   * Refuses a folder in which the files could not be put in place. Nothing is changed to find out.
   */
  void refuseUnlessWritable(Uid owner) {
    OpenDirectory folder =
        home.passage(name, owner)
            .orElseThrow(
                () ->
                    home.location()
                        .child(name)
                        .refused(
                            HomeFault.CHANGED, "write to", "another process removed it meanwhile"));
    try (folder) {
      folder.refuseUnlessWritable();
      Arrays.stream(HomeFile.values())
          .filter(file -> file.folder().equals(name))
          .forEach(
              file ->
                  folder
                      .stat(file.fileName())
                      .ifPresent(found -> HomeWriter.refuseDirectory(folder, file, found)));
    }
  }
}

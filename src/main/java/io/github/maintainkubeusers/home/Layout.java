package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.AccountKind;
import java.util.List;

/** The folders of a home and their modes. A tool's logs are for the same people as its home. */
record Layout(int homeMode, List<Folder> folders) {
  /**
   * @param isNeeded true where key and certificate go, without which an account has no credentials
   */
  record Folder(String name, int mode, boolean isNeeded) {}

  static Layout of(AccountKind kind, int homeMode) {
    return new Layout(
        homeMode,
        switch (kind) {
          case TOOL ->
              List.of(
                  new Folder("logs", homeMode, false),
                  new Folder(".kube", 0755, false),
                  new Folder(".toolskube", 0755, true));
          case ADMIN ->
              List.of(new Folder(".kube", 0700, false), new Folder(".admkube", 0700, true));
          case SERVICE -> throw new IllegalArgumentException("services have no homes");
        });
  }
}

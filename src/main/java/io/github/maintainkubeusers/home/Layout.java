package io.github.maintainkubeusers.home;

import java.util.List;

import io.github.maintainkubeusers.account.AccountKind;

/** The folders of a home and their modes. Set-gid where a group works together. */
record Layout(int homeMode, List<Folder> folders) {
    private static final Layout TOOL = new Layout(02775,
            List.of(new Folder("logs", 02775, false), new Folder(".kube", 0755, false),
                    new Folder(".toolskube", 0755, true)));
    private static final Layout ADMIN = new Layout(02700,
            List.of(new Folder(".kube", 0700, false), new Folder(".admkube", 0700, true)));

    /** @param isNeeded true where key and certificate go, without which an account has no credentials */
    record Folder(String name, int mode, boolean isNeeded) {}

    static Layout of(AccountKind kind) {
        return switch (kind) {
            case TOOL -> TOOL;
            case ADMIN -> ADMIN;
        };
    }
}

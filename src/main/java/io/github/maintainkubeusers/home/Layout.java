package io.github.maintainkubeusers.home;

import java.util.List;

import io.github.maintainkubeusers.account.AccountKind;

/** The folders of a home and their modes. Set-gid where a group works together. */
record Layout(int homeMode, List<Folder> folders) {
    private static final Layout TOOL = new Layout(02775,
            List.of(new Folder("logs", 02775), new Folder(".kube", 0755), new Folder(".toolskube", 0755)));
    private static final Layout ADMIN = new Layout(02700,
            List.of(new Folder(".kube", 0700), new Folder(".admkube", 0700)));

    record Folder(String name, int mode) {}

    static Layout of(AccountKind kind) {
        return switch (kind) {
            case TOOL -> TOOL;
            case ADMIN -> ADMIN;
        };
    }
}

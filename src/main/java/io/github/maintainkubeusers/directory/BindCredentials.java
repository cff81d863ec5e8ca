package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

/** As whom the directory is read. */
public record BindCredentials(String bindDn, BindPassword password) {
    public BindCredentials {
        requireNonNull(password, "password is null");
        Syntax.requireDn("the bind DN", bindDn);
    }
}

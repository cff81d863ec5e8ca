package io.github.maintainkubeusers.app;

import java.util.Locale;

/** How commands print what they found. */
enum OutputFormat {
    TABLE, WIDE, JSON, YAML;

    /** As people type it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

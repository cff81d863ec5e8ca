package io.github.maintainkubeusers.app;

/** How commands print what they found. */
enum OutputFormat {
    TABLE, WIDE, JSON, YAML
}

package io.github.maintainkubeusers.directory;

/** Where the accounts of one kind are, and what makes them such. */
public sealed interface AccountSearch permits ToolSearch, AdminSearch, PeopleSearch, NoSearch {
  /** What {@code PROJECT} stands for in filters and prefixes. */
  String project();
}

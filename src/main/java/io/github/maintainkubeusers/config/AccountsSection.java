package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.directory.ToolSearch;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The section {@code accounts}: which accounts of the directory are provisioned. */
final class AccountsSection {
  private static final Set<String> RESERVED = Set.of("system", "kube-*", "default");

  private final ConfigReader section;

  AccountsSection(ConfigReader section) {
    this.section = section;
  }

  String project() {
    return section.value("project", text -> ToolSearch.ofProject(text).project()).orElse("tools");
  }

  AdmissionPolicy admission() {
    var reserved = new HashSet<>(RESERVED);
    reserved.addAll(section.stringList("reservedNames", List.of()));
    return new AdmissionPolicy(
        section.integer("uidFloor", 1000, 1, Integer.MAX_VALUE),
        reserved,
        section.list("toolRoots", HomePath::new).orElse(List.of(new HomePath("/data/project"))),
        section.list("adminRoots", HomePath::new).orElse(List.of(new HomePath("/home"))),
        section.bool("sharedUids", false));
  }
}

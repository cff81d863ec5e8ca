package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.directory.DirectoryLayout;
import io.github.maintainkubeusers.home.HomeSettings;
import io.github.maintainkubeusers.plan.AdmissionPolicy;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** The section {@code homes}. */
final class HomesSection {
  private static final Pattern MODE = Pattern.compile("0?[02]?7[0-7][0145]");

  /** Elsewhere than on Toolforge, a group may be that of many accounts. */
  private static final Map<AccountKind, Integer> UNSHARED_MODES =
      Map.of(AccountKind.TOOL, 02750, AccountKind.ADMIN, 02700);

  private final ConfigReader section;

  HomesSection(ConfigReader section) {
    this.section = section;
  }

  HomeSettings settings(AdmissionPolicy admission, DirectoryLayout layout) {
    HomeSettings standard = HomeSettings.defaults();
    Map<AccountKind, Integer> modes =
        layout == DirectoryLayout.TOOLFORGE ? HomeSettings.MODES : UNSHARED_MODES;
    return new HomeSettings(
        Map.of(AccountKind.TOOL, admission.toolRoots(), AccountKind.ADMIN, admission.adminRoots()),
        section.integer("maxKubeconfigBytes", standard.maxFileBytes(), 1024, 16 << 20),
        section.integer("workers", standard.workers(), 1, 64),
        section.duration(
            "deadline", standard.deadline(), Duration.ofSeconds(1), Duration.ofHours(1)),
        section.bool("sync", standard.sync()),
        Map.of(
            AccountKind.TOOL,
            mode("toolMode", modes.get(AccountKind.TOOL)),
            AccountKind.ADMIN,
            mode("adminMode", modes.get(AccountKind.ADMIN))));
  }

  Duration checkInterval() {
    return section.duration(
        "checkInterval", Duration.ofDays(1), Duration.ofSeconds(1), Duration.ofDays(365));
  }

  private int mode(String key, int ifAbsent) {
    return section
        .value(
            key,
            text ->
                Forms.checked(
                    text,
                    MODE.matcher(text).matches(),
                    "is not the mode of a home, like 2770: all to the owner, and no writing to"
                        + " others",
                    mode -> Integer.parseInt(mode, 8)))
        .orElse(ifAbsent);
  }
}

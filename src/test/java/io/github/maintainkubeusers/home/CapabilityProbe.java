package io.github.maintainkubeusers.home;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program of its own, to be run with less than root's power: arguments ROOT NAME UID; says what
 * came of it.
 */
final class CapabilityProbe {
  private CapabilityProbe() {}

  public static void main(String[] args) {
    var root = new HomePath(args[0]);
    var account =
        new Account(
            AccountId.tool(args[1]), Uid.parse(args[2]), new HomePath(root + "/" + args[1]), false);
    var settings =
        new HomeSettings(
            Map.of(AccountKind.TOOL, List.of(root)), 1 << 20, 1, Duration.ofSeconds(10), true);
    try (var homes = UnixHomes.open(settings, InstantSource.system(), new SecureRandom())) {
      homes.prepare(account);
      homes.markDisabled(account, true);
      System.out.println(
          homes.write(
              account,
              List.of(
                  new HomeWrite(HomeFile.KUBECONFIG, "new".getBytes(UTF_8), Optional.empty()))));
    } catch (HomeException e) {
      System.out.println(e.getMessage());
    }
  }
}

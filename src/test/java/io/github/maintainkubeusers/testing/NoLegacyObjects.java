package io.github.maintainkubeusers.testing;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.cluster.LegacyObjects;
import java.util.Set;

/** A cluster in which no earlier controller has ever run. */
public record NoLegacyObjects() implements LegacyObjects {
  @Override
  public Set<AccountId> withPodSecurityPolicy() {
    return Set.of();
  }

  @Override
  public boolean hasFormerRecord(AccountId tool) {
    return false;
  }

  @Override
  public void deleteFormerRecord(AccountId tool) {
    throw new IllegalStateException(tool + " has none");
  }

  @Override
  public void deletePodSecurityPolicy(AccountId tool) {
    throw new IllegalStateException(tool + " has none");
  }
}

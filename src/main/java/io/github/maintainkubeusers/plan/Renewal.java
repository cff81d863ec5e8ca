package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Credential;
import java.time.Duration;
import java.time.Instant;

/** When credentials are due for renewal. */
public final class Renewal {
  private static final Duration MARGIN = Duration.ofDays(30);

  private Renewal() {}

  /**
   * The smaller of 30 days and a third of the certificate's life before its end, brought forward by
   * up to a tenth of the life, by a hash of the name: those provisioned together are not renewed
   * together.
   */
  public static Instant dueAt(AccountId id, Credential credential) {
    long life = Duration.between(credential.notBefore(), credential.notAfter()).toMillis();
    long margin = Math.min(life / 3, MARGIN.toMillis());
    return credential.notAfter().minusMillis(margin + spread(id, life / 10));
  }

  /**
   * @param most in milliseconds, as what it returns
   */
  private static long spread(AccountId id, long most) {
    long fraction = Integer.toUnsignedLong(hash(id) * 0x9E3779B9) >>> 16;
    return (most * fraction) >> 16;
  }

  /**
   * That of the account's text, which is not made for it: each pass comes here for each account.
   */
  private static int hash(AccountId id) {
    String name = id.name().value();
    int hash = 31 * id.kind().label().hashCode() + ' ';
    for (int i = 0; i < name.length(); i++) {
      hash = 31 * hash + name.charAt(i);
    }
    return hash;
  }
}

package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.credential.CaBundle;

/** What a certificate's signature is compared with. */
public sealed interface Trust {
  /**
   * These authorities.
   *
   * @param name of the bundle, as in "the CAs that the API server knows clients by"
   * @param remedy what to do when none of them has signed it
   * @param all whether nobody else may have signed it
   */
  record Authorities(String name, CaBundle bundle, String remedy, boolean all) implements Trust {
    public Authorities(String name, CaBundle bundle, String remedy) {
      this(name, bundle, remedy, true);
    }

    public Authorities {
      requireNonNull(name, "name is null");
      requireNonNull(bundle, "bundle is null");
      requireNonNull(remedy, "remedy is null");
    }
  }

  /**
   * It should be compared with authorities that could not be read.
   *
   * @param problem why
   */
  record Unreadable(String problem, String remedy) implements Trust {
    public Unreadable {
      requireNonNull(problem, "problem is null");
      requireNonNull(remedy, "remedy is null");
    }
  }

  /** Nobody asked. */
  record NotCompared() implements Trust {}
}

package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is not well.
 *
 * @param problem what it is
 * @param remedy what to do about it
 */
public record Finding(CertificateState state, String problem, String remedy) {
  public Finding {
    requireNonNull(state, "state is null");
    requireNonNull(problem, "problem is null");
    requireNonNull(remedy, "remedy is null");
  }

  public static Finding broken(String problem, String remedy) {
    return new Finding(CertificateState.BROKEN, problem, remedy);
  }

  public static Finding unknown(String problem, String remedy) {
    return new Finding(CertificateState.UNKNOWN, problem, remedy);
  }
}

package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.home.HomeException;

/**
 * A home failed after something was spent on it that others go without: a certificate that is of no use to anybody
 * now, or a turn in a wave.
 */
final class CostlyHomeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CostlyHomeException(HomeException cause) {
        super(cause.getMessage(), cause);
    }
}

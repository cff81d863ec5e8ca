package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.home.HomeException;

/** A certificate was issued, but could not be put into the home: it is of no use to anybody. */
final class WastedCertificateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WastedCertificateException(HomeException cause) {
        super(cause.getMessage(), cause);
    }
}

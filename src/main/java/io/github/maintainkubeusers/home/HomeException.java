package io.github.maintainkubeusers.home;

/** Something could not be done in a home. The message has the form "could not ACT OBJECT: reason". */
public final class HomeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public HomeException(String message) {
        super(message);
    }

    public HomeException(String message, Throwable cause) {
        super(message, cause);
    }
}

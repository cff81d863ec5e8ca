package io.github.maintainkubeusers.reconcile;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.slf4j.MDC;

/** What the lines of a log are about, as named values beside their text: the pass and the account. */
final class LogContext {
    private LogContext() {}

    static MDC.MDCCloseable pass(long number) {
        return MDC.putCloseable("pass", Long.toString(number));
    }

    /** @param subject as {@link io.github.maintainkubeusers.account.AccountId} names itself */
    static MDC.MDCCloseable account(Object subject) {
        return MDC.putCloseable("account", subject.toString());
    }

    /** Takes the caller's context along to a thread that ends with the task. */
    static <T> Callable<T> carried(Callable<T> task) {
        Map<String, String> context = Optional.ofNullable(MDC.getCopyOfContextMap()).orElse(Map.of());
        return () -> {
            MDC.setContextMap(context);
            return task.call();
        };
    }
}

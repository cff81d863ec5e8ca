package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

/** What the library or the server says went wrong, said to a person. */
final class LdapFault {
    private LdapFault() {}

    static String reason(LDAPException fault) {
        Throwable root = root(fault);
        if (fault.getResultCode().isClientSideResultCode() && !(root instanceof LDAPException)) {
            return root.getClass().getSimpleName() + " " + quoted(String.valueOf(root.getMessage()));
        }
        return explanation(fault.getResultCode()) + " (result " + fault.getResultCode().intValue() + " "
                + fault.getResultCode().getName() + ")" + referral(fault) + said(fault);
    }

    private static String explanation(ResultCode code) {
        return switch (code.intValue()) {
            case ResultCode.TIMEOUT_INT_VALUE -> "no answer in time";
            case ResultCode.SERVER_DOWN_INT_VALUE -> "the connection was closed";
            case ResultCode.CONNECT_ERROR_INT_VALUE -> "no connection";
            case ResultCode.INVALID_CREDENTIALS_INT_VALUE -> "wrong bind DN or password";
            case ResultCode.NO_SUCH_OBJECT_INT_VALUE -> "the base does not exist";
            case ResultCode.SIZE_LIMIT_EXCEEDED_INT_VALUE, ResultCode.TIME_LIMIT_EXCEEDED_INT_VALUE,
                    ResultCode.ADMIN_LIMIT_EXCEEDED_INT_VALUE ->
                "a limit of the server cut the answer short";
            case ResultCode.REFERRAL_INT_VALUE -> "the entries are on another server";
            default -> "refused";
        };
    }

    private static String referral(LDAPException fault) {
        String[] urls = fault.getReferralURLs();
        return urls == null || urls.length == 0 ? "" : " at " + quoted(String.join(" ", urls));
    }

    private static String said(LDAPException fault) {
        String text = fault.getDiagnosticMessage() == null ? fault.getExceptionMessage() : fault.getDiagnosticMessage();
        return text == null || text.isBlank() ? "" : ": " + quoted(text);
    }

    private static Throwable root(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}

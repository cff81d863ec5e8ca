package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.net.SocketTimeoutException;
import java.util.function.UnaryOperator;

/** What the library or the server says went wrong, said to a person. */
final class LdapFault {
  private LdapFault() {}

  static String reason(LDAPException fault) {
    return reason(fault, text -> text);
  }

  /**
   * @param secret left out of what the server says
   */
  static String reason(LDAPException fault, String secret) {
    return reason(fault, text -> text.replace(secret, "********"));
  }

  private static String reason(LDAPException fault, UnaryOperator<String> redact) {
    Throwable root = root(fault);
    if (root instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    if (fault.getResultCode().isClientSideResultCode() && !(root instanceof LDAPException)) {
      return ConnectionFault.words(root)
          + ": "
          + quoted(redact.apply(String.valueOf(root.getMessage())));
    }
    return explanation(fault.getResultCode())
        + " (result "
        + fault.getResultCode().intValue()
        + " "
        + fault.getResultCode().getName()
        + ")"
        + referral(fault)
        + hint(fault.getResultCode())
        + said(fault, redact);
  }

  private static String explanation(ResultCode code) {
    return switch (code.intValue()) {
      case ResultCode.TIMEOUT_INT_VALUE -> "no answer in time";
      case ResultCode.SERVER_DOWN_INT_VALUE -> "the connection was closed";
      case ResultCode.CONNECT_ERROR_INT_VALUE -> "no connection";
      case ResultCode.INVALID_CREDENTIALS_INT_VALUE -> "wrong bind DN or password";
      case ResultCode.NO_SUCH_OBJECT_INT_VALUE -> "the base does not exist or may not be read";
      case ResultCode.SIZE_LIMIT_EXCEEDED_INT_VALUE,
          ResultCode.TIME_LIMIT_EXCEEDED_INT_VALUE,
          ResultCode.ADMIN_LIMIT_EXCEEDED_INT_VALUE ->
          "a limit that the server has for this bind DN cut the answer short";
      case ResultCode.STRONG_AUTH_REQUIRED_INT_VALUE,
          ResultCode.CONFIDENTIALITY_REQUIRED_INT_VALUE ->
          "the server takes no password without TLS";
      case ResultCode.REFERRAL_INT_VALUE -> "the entries are on another server";
      default -> "refused";
    };
  }

  private static String hint(ResultCode code) {
    return switch (code.intValue()) {
      case ResultCode.SIZE_LIMIT_EXCEEDED_INT_VALUE ->
          ", raise it for searches in pages (OpenLDAP:" + " size.prtotal=unlimited)";
      case ResultCode.ADMIN_LIMIT_EXCEEDED_INT_VALUE ->
          ", either of the page (lower pageSize) or of the entries that a filter makes the server"
              + " look at (index its attributes, or raise the limit, which is nsLookThroughLimit in"
              + " 389 Directory Server)";
      case ResultCode.STRONG_AUTH_REQUIRED_INT_VALUE,
          ResultCode.CONFIDENTIALITY_REQUIRED_INT_VALUE ->
          ", so say ldaps:// or 'startTls: true'";
      default -> "";
    };
  }

  private static String referral(LDAPException fault) {
    String[] urls = fault.getReferralURLs();
    return urls == null || urls.length == 0 ? "" : " at " + quoted(String.join(" ", urls));
  }

  private static String said(LDAPException fault, UnaryOperator<String> redact) {
    if (fault.getResultCode().equals(ResultCode.TIMEOUT)
        || fault.getResultCode().equals(ResultCode.SERVER_DOWN)) {
      return ""; // the library's own words for the same
    }
    String text =
        fault.getResultCode().isClientSideResultCode()
            ? fault.getMessage()
            : fault.getDiagnosticMessage();
    return text == null || text.isBlank() ? "" : ": " + quoted(redact.apply(text));
  }

  private static Throwable root(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}

package io.github.maintainkubeusers.report;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import java.util.List;

/** How everybody is, for programs; docs/status.md is its schema. */
public final class StatusDocument {
  /** Changes when a key changes its meaning or goes; new keys may come. */
  static final String VERSION = "maintain-kubeusers/v1";

  private StatusDocument() {}

  /**
   * @param shown of the report's accounts
   */
  public static Document of(StatusReport report, List<AccountRow> shown) {
    var document =
        new Document()
            .put("apiVersion", VERSION)
            .put("kind", "Status")
            .put("at", report.at().toString())
            .put("directory", directory(report.directory()));
    report
        .leader()
        .ifPresent(
            leader ->
                document.put(
                    "leader",
                    new Document()
                        .put("holder", leader.holder())
                        .put("since", leader.since())
                        .put("renewed", leader.renewed().toString())));
    report
        .lastPass()
        .ifPresent(
            pass ->
                document.put(
                    "lastPass",
                    new Document().put("ended", pass.ended().toString()).put("how", pass.how())));
    var states = new Document();
    report.conditions().forEach((condition, count) -> states.put(condition.label(), count));
    return document
        .put(
            "summary",
            new Document()
                .put("accounts", report.accounts().size())
                .put("notable", report.notable())
                .put("states", states))
        .put("authorities", report.authorities().stream().map(StatusDocument::authority).toList())
        .put(
            "renewals",
            report.renewals().entrySet().stream()
                .map(
                    week ->
                        new Document()
                            .put("week", week.getKey().toString())
                            .put("certificates", week.getValue())
                            .entries())
                .toList())
        .put("problems", report.problems())
        .put("accounts", shown.stream().map(StatusDocument::account).toList());
  }

  private static Document directory(DirectorySnapshot directory) {
    return new Document()
        .put("server", directory.origin().map(DirectorySnapshot.Origin::server))
        .put("readAt", directory.readAt().toString())
        .put("tools", directory.count(AccountKind.TOOL))
        .put("admins", directory.count(AccountKind.ADMIN));
  }

  private static Object authority(AuthorityRow row) {
    return new Document()
        .put("fingerprint", row.fingerprint())
        .put("forServer", row.forServer())
        .put("forClients", row.forClients())
        .put("ends", row.ends())
        .put("certificates", row.certificates())
        .entries();
  }

  private static Object account(AccountRow row) {
    var account =
        new Document()
            .put("state", row.condition().label())
            .put("kind", row.kind().label())
            .put("name", row.name())
            .put("ends", row.ends())
            .put("renews", row.renews())
            .put("home", row.home())
            .put("since", row.since());
    row.credential()
        .map(StatusDocument::credential)
        .ifPresent(credential -> account.put("credential", credential));
    row.fault()
        .ifPresent(
            fault ->
                account.put(
                    "fault",
                    new Document()
                        .put("since", fault.since().toString())
                        .put("next", fault.next())
                        .put("cause", fault.cause())));
    return account.put("notes", row.notes()).entries();
  }

  private static Document credential(Credential credential) {
    return new Document()
        .put("id", credential.id().value())
        .put("generation", credential.number())
        .put("issuer", credential.issuer())
        .put("serial", credential.serial())
        .put("notBefore", credential.notBefore().toString());
  }
}

package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.InvalidValueException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The accounts that a command line names. */
final class AccountArguments {
  @Option(names = "--admin", description = "The names are those of admins, not tools.")
  private boolean admin;

  @Option(names = "--service", description = "The names are those of declared services.")
  private boolean service;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      completionCandidates = ToolNames.class,
      description = "Names without a prefix.")
  private List<String> names;

  List<AccountId> ids(CommandLine line) {
    return names.stream().map(name -> id(name, admin, service, line)).toList();
  }

  /**
   * The account that a command line names.
   *
   * @param admin whether it says that it is an admin
   * @param service whether it says that it is a service; else it is a tool
   */
  static AccountId id(String name, boolean admin, boolean service, CommandLine line) {
    if (admin && service) {
      throw new ParameterException(line, "--admin and --service exclude each other");
    }
    AccountKind other = service ? AccountKind.SERVICE : AccountKind.TOOL;
    return id(admin ? AccountKind.ADMIN : other, name, line);
  }

  static List<AccountId> ids(List<String> names, boolean admin, CommandLine line) {
    return ids(names, admin ? AccountKind.ADMIN : AccountKind.TOOL, line);
  }

  private static List<AccountId> ids(List<String> names, AccountKind kind, CommandLine line) {
    return names.stream().map(name -> id(kind, name, line)).toList();
  }

  private static AccountId id(AccountKind kind, String name, CommandLine line) {
    try {
      return AccountId.of(kind, name);
    } catch (InvalidValueException e) {
      throw new ParameterException(line, e.getMessage(), e);
    }
  }
}

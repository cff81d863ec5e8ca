package io.github.maintainkubeusers.app;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * All commands, each below the one that it is called by. To read what one takes costs a fiftieth of
 * a second, so that beside the one that is called none is read.
 */
final class CommandTree {
  private static final List<Class<?>> COMMANDS =
      List.of(
          PlanCommand.class,
          StatusCommand.class,
          RevokeCommand.class,
          AllowRemovalsCommand.class,
          ForgetCommand.class,
          CheckHomesCommand.class,
          RemoveLeftoversCommand.class,
          CompletionCommand.class,
          ManCommand.class,
          CertificatesCommand.class,
          ExplainCommand.class);

  private static final List<Class<?>> OF_CERTIFICATES =
      List.of(
          CheckCommand.class,
          InspectCommand.class,
          WhoseCommand.class,
          IssueCommand.class,
          RotateCommand.class,
          AuthoritiesCommand.class);

  /** These tell of all the others. */
  private static final Set<Class<?>> TELLING = Set.of(CompletionCommand.class, ManCommand.class);

  private CommandTree() {}

  /** The commands that these arguments may call: all of them, unless the first argument is one. */
  static CommandLine of(String... arguments) {
    var root = new CommandLine(new RunCommand());
    for (Class<?> type : called(COMMANDS, arguments, 0)) {
      var command = new CommandLine(type);
      if (type == CertificatesCommand.class) {
        called(OF_CERTIFICATES, arguments, 1)
            .forEach(below -> command.addSubcommand(new CommandLine(below)));
      }
      root.addSubcommand(command);
    }
    return root;
  }

  private static List<Class<?>> called(List<Class<?>> all, String[] arguments, int place) {
    return all.stream()
        .filter(type -> arguments.length > place && name(type).equals(arguments[place]))
        .filter(type -> !TELLING.contains(type))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(all);
  }

  private static String name(Class<?> type) {
    return type.getAnnotation(Command.class).name();
  }
}

package io.github.maintainkubeusers.app;

import java.util.Iterator;
import java.util.List;

/**
 * What a shell runs to complete the names of tools. It asks kubectl, which answers sooner than this
 * program starts.
 */
final class ToolNames implements Iterable<String> {
  private static final String FUNCTION = "__maintain_kubeusers_tools";

  private static final String LIST =
      "kubectl get namespaces -l tenancy=tool -o name --request-timeout=2s 2>/dev/null"
          + " | sed 's|^namespace/tool-||'";

  /** As bash evaluates it. */
  static final String OF_BASH = "$(" + FUNCTION + ")";

  /** As fish does. */
  static final String OF_FISH = "(" + FUNCTION + ")";

  /** The word that is being completed is a variable of those who call it. */
  static String bashFunction() {
    return FUNCTION + "() {\n  [[ ${curr_word:-} == -* ]] || " + LIST + "\n}\n";
  }

  /** In quotes, as the library writes candidates, all names would be one word. */
  static String apart(String script) {
    return script.replace("(\"" + OF_BASH + "\")", "(" + OF_BASH + ")");
  }

  static String fishFunction() {
    return "function " + FUNCTION + "\n  " + LIST + "\nend\n";
  }

  @Override
  public Iterator<String> iterator() {
    return List.of(OF_BASH).iterator();
  }
}

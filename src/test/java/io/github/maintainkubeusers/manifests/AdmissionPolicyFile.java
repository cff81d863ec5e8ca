package io.github.maintainkubeusers.manifests;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A policy for admission, evaluated as an API server does: variables first, in their order. A patch
 * of a MutatingAdmissionPolicy is a mapping here, where an API server has a type of its own.
 */
final class AdmissionPolicyFile {
  private final Path file;

  /**
   * As far as it is used, for an API server knows the types of this one: metadata, annotations,
   * their texts.
   */
  private static final CelType NAMESPACE =
      MapType.create(
          SimpleType.STRING,
          MapType.create(SimpleType.STRING, MapType.create(SimpleType.STRING, SimpleType.STRING)));

  private final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("object", SimpleType.DYN)
          .addVar("oldObject", SimpleType.DYN)
          .addVar("request", SimpleType.DYN)
          .addVar("namespaceObject", NAMESPACE)
          .addVar("variables", SimpleType.DYN)
          .addLibraries(CelExtensions.strings())
          .build();
  private final CelRuntime runtime =
      CelRuntimeFactory.standardCelRuntimeBuilder().addLibraries(CelExtensions.strings()).build();
  private final Map<String, CelRuntime.Program> variables = new LinkedHashMap<>();
  private final List<CelRuntime.Program> conditions;
  private final List<Validation> validations;
  private final List<CelRuntime.Program> mutations;

  /**
   * @param message evaluated where the policy has an expression for it
   */
  private record Validation(
      CelRuntime.Program rule, Optional<CelRuntime.Program> message, String fixedMessage) {}

  /**
   * @param component folder below {@code manifests/components}
   */
  AdmissionPolicyFile(String component) throws IOException {
    file = Path.of("manifests/components", component, "policy.yaml");
    Map<?, ?> spec = (Map<?, ?>) ((Map<?, ?>) documents().getFirst()).get("spec");
    for (Map<?, ?> variable : mappings(spec.get("variables"))) {
      variables.put((String) variable.get("name"), program((String) variable.get("expression")));
    }
    conditions =
        mappings(spec.get("matchConditions")).stream()
            .map(condition -> program((String) condition.get("expression")))
            .toList();
    mutations =
        mappings(spec.get("mutations")).stream()
            .map(mutation -> (Map<?, ?>) mutation.get("jsonPatch"))
            .map(patch -> program(withMappings((String) patch.get("expression"))))
            .toList();
    validations =
        mappings(spec.get("validations")).stream()
            .map(
                validation ->
                    new Validation(
                        program((String) validation.get("expression")),
                        Optional.ofNullable((String) validation.get("messageExpression"))
                            .map(this::program),
                        (String) validation.get("message")))
            .toList();
  }

  /**
   * The messages of the rules that are broken; none where the policy does not apply.
   *
   * @param given what the API server knows: object, namespaceObject, request and so on
   */
  List<String> refusals(Map<String, ?> given) {
    Optional<Map<String, Object>> applying = context(given);
    if (applying.isEmpty()) {
      return List.of();
    }
    Map<String, Object> context = applying.get();
    return validations.stream()
        .filter(validation -> !evaluate(validation.rule(), context).equals(true))
        .map(
            validation ->
                validation
                    .message()
                    .map(message -> (String) evaluate(message, context))
                    .orElse(validation.fixedMessage()))
        .toList();
  }

  /**
   * The operations of a JSON patch, each with op, path and value; none where the policy does not
   * apply.
   */
  List<Map<?, ?>> patches(Map<String, ?> given) {
    return context(given).stream()
        .flatMap(
            context ->
                mutations.stream()
                    .flatMap(mutation -> mappings(evaluate(mutation, context)).stream()))
        .toList();
  }

  /** What expressions can name; empty where the policy does not apply. */
  private Optional<Map<String, Object>> context(Map<String, ?> given) {
    var values = new HashMap<String, Object>();
    var context = new HashMap<String, Object>(given);
    context.put("variables", values);
    if (!conditions.stream().allMatch(condition -> evaluate(condition, context).equals(true))) {
      return Optional.empty();
    }
    variables.forEach((name, program) -> values.put(name, evaluate(program, context)));
    return Optional.of(context);
  }

  private static String withMappings(String expression) {
    return expression.replace("JSONPatch{", "{").replaceAll("\\b(op|path|value): ", "'$1': ");
  }

  List<Object> documents() throws IOException {
    var documents = new ArrayList<Object>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(Files.readString(file))
        .forEach(documents::add);
    return documents;
  }

  @SuppressWarnings("unchecked") // as the kind is defined
  private static List<Map<?, ?>> mappings(Object value) {
    return value == null ? List.of() : (List<Map<?, ?>>) value;
  }

  private CelRuntime.Program program(String expression) {
    try {
      return runtime.createProgram(compiler.compile(expression).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(expression + ": " + e.getMessage(), e);
    }
  }

  private static Object evaluate(CelRuntime.Program program, Map<String, ?> context) {
    try {
      return program.eval(context);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.github.maintainkubeusers.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The ValidatingAdmissionPolicy for tools' pods, evaluated as an API server does: variables first, in their order. */
final class PodPolicy {
    static final Path FILE = Path.of("manifests/components/pod-policy/policy.yaml");

    /** As far as it is used, for an API server knows the types of this one: metadata, annotations, their texts. */
    private static final CelType NAMESPACE = MapType.create(SimpleType.STRING, MapType.create(SimpleType.STRING,
            MapType.create(SimpleType.STRING, SimpleType.STRING)));

    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS).addVar("object", SimpleType.DYN)
            .addVar("namespaceObject", NAMESPACE).addVar("variables", SimpleType.DYN)
            .addLibraries(CelExtensions.strings()).build();
    private final CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
            .addLibraries(CelExtensions.strings()).build();
    private final Map<String, CelRuntime.Program> variables = new LinkedHashMap<>();
    private final List<Validation> validations;

    /** @param message evaluated where the policy has an expression for it */
    private record Validation(CelRuntime.Program rule, Optional<CelRuntime.Program> message, String fixedMessage) {}

    PodPolicy() throws IOException {
        Map<?, ?> spec = (Map<?, ?>) ((Map<?, ?>) documents().getFirst()).get("spec");
        for (Map<?, ?> variable : mappings(spec.get("variables"))) {
            variables.put((String) variable.get("name"), program((String) variable.get("expression")));
        }
        validations = mappings(spec.get("validations")).stream()
                .map(validation -> new Validation(program((String) validation.get("expression")),
                        Optional.ofNullable((String) validation.get("messageExpression")).map(this::program),
                        (String) validation.get("message")))
                .toList();
    }

    /** The messages of the rules that a pod breaks. */
    List<String> refusals(Map<String, ?> pod, Map<String, ?> namespace) {
        var values = new HashMap<String, Object>();
        var context = Map.of("object", pod, "namespaceObject", namespace, "variables", values);
        variables.forEach((name, program) -> values.put(name, evaluate(program, context)));
        return validations.stream().filter(validation -> !evaluate(validation.rule(), context).equals(true))
                .map(validation -> validation.message().map(message -> (String) evaluate(message, context))
                        .orElse(validation.fixedMessage()))
                .toList();
    }

    static List<Object> documents() throws IOException {
        var documents = new ArrayList<Object>();
        new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(FILE)).forEach(documents::add);
        return documents;
    }

    @SuppressWarnings("unchecked") // as the kind is defined
    private static List<Map<?, ?>> mappings(Object value) {
        return (List<Map<?, ?>>) value;
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

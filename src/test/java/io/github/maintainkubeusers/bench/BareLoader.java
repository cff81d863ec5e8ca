package io.github.maintainkubeusers.bench;

import java.util.List;
import java.util.Map;

import com.google.gson.JsonObject;

/**
 * The reference for new accounts: what must be written for each, in the same number of calls and as many accounts at
 * once, and nothing else. No keys, no files, no looking at answers. Its namespaces are not of a name that the program
 * would take for a tool's.
 */
final class BareLoader {
    private final Api api;
    private final Signer signer;
    private final Template template;

    BareLoader(Api api, Signer signer, Template template) {
        this.api = api;
        this.signer = signer;
        this.template = template;
    }

    /** @return the seconds it took */
    double load(int first, int last, int atOnce) {
        long start = System.nanoTime();
        SideBySide.each(first, last, atOnce, this::one);
        return (System.nanoTime() - start) / 1e9;
    }

    private void one(int number) {
        String name = Site.name(number);
        Map<String, JsonObject> objects = template.objects(name, "loaded-" + name, Site.uid(number));
        String namespace = objects.keySet().iterator().next();
        List<String> paths = objects.keySet().stream().filter(path -> !path.contains("/kube-root-ca.crt")).toList();
        api.apply(namespace, withoutRecord(objects.get(namespace)));
        paths.stream().filter(path -> !path.equals(namespace) && !path.contains("/configmaps/"))
                .forEach(path -> api.apply(path, objects.get(path)));
        signer.delete(signer.sign());
        api.apply(namespace, objects.get(namespace));
        paths.stream().filter(path -> path.contains("/configmaps/"))
                .forEach(path -> api.apply(path, objects.get(path)));
    }

    private static JsonObject withoutRecord(JsonObject namespace) {
        JsonObject copy = namespace.deepCopy();
        copy.getAsJsonObject("metadata").remove("annotations");
        return copy;
    }
}

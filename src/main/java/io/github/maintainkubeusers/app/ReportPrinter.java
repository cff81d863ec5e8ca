package io.github.maintainkubeusers.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.ReportText;
import io.github.maintainkubeusers.certificates.ReportTree;
import io.github.maintainkubeusers.yaml.YamlDocument;

/** Prints what was found out about certificates. */
record ReportPrinter(PrintWriter out, OutputFormat format, Instant now) {
    /** Everything about each. */
    void printEach(List<CertificateReport> reports) {
        if (format == OutputFormat.TABLE) {
            reports.forEach(report -> new ReportText(now).details(report).forEach(out::println));
            out.flush();
        } else {
            print(reports);
        }
    }

    /** A line for each, or everything for another program. */
    void print(List<CertificateReport> reports) {
        switch (format) {
            case TABLE, WIDE ->
                new ReportText(now).table(reports, format == OutputFormat.WIDE).forEach(out::println);
            case JSON -> print(YamlDocument.writeJson(new ReportTree(now).of(reports)));
            case YAML -> print(YamlDocument.write(new ReportTree(now).of(reports)));
        }
        out.flush();
    }

    private void print(byte[] text) {
        out.print(new String(text, StandardCharsets.UTF_8));
    }
}

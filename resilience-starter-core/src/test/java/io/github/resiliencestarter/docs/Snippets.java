package io.github.resiliencestarter.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pieces of compiled code, between {@code tag::x[]} and {@code end::x[]}. */
final class Snippets {

    /** Where a file without a path is looked for. */
    private static final List<String> PLACES = List.of(
            "resilience-starter-core/src/test/java/io/github/resiliencestarter/docs/",
            "resilience-starter-test/src/test/java/io/github/resiliencestarter/test/docs/");

    private Snippets() {}

    /** @param reference a file and a tag, {@code PaymentGateway.java#charge}; a path counts from the root of the repository */
    static String of(String reference) {
        String[] fileAndTag = reference.split("#", 2);
        Path file = file(fileAndTag[0]);
        if (fileAndTag.length < 2 || !Files.isRegularFile(file)) {
            return "no file and tag: " + reference;
        }
        try {
            return between(Files.readAllLines(file), fileAndTag[1]);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path file(String path) {
        return PLACES.stream()
                .map(place -> Page.root().resolve(place + path))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseGet(() -> Page.root().resolve(path));
    }

    private static String between(List<String> lines, String tag) {
        List<String> found = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.contains("end::" + tag + "[]")) {
                inside = false;
            }
            if (inside && !line.matches("\\s*// (tag|end)::.*")) {
                found.add(line);
            }
            if (line.contains("tag::" + tag + "[]")) {
                inside = true;
            }
        }
        return found.isEmpty() ? "no tag " + tag : String.join("\n", found).stripIndent();
    }
}

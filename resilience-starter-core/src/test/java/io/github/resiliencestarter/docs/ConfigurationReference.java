package io.github.resiliencestarter.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resiliencestarter.call.plan.CallSettings;
import io.github.resiliencestarter.call.plan.SettingsTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of docs/configuration.md, made from what IDEs are told of our properties. That the defaults there are those that
 * are built in is checked by ConfigurationMetadataTests.
 */
final class ConfigurationReference {

    static final String COMMAND =
            "mvn test -pl resilience-starter-core -Dtest=ConfigurationReferenceTests -Ddocs.write=true";

    private static final String DEFAULTS = "resilience.defaults.";
    private static final Pattern DESCRIPTION = Pattern.compile("(?<text>.+?)( Default: (?<default>.+)\\.)?");
    private static final Map<String, JsonNode> PROPERTIES = read();

    private ConfigurationReference() {}

    static Path page() {
        return Page.root().resolve("docs/configuration.md");
    }

    /** The page with tables as they should be: what stands between the markers is replaced, the rest is kept. */
    static String upToDate(String page) {
        return replaced(replaced(page, "calls", callTables()), "starter", starterTable());
    }

    private static String replaced(String page, String name, String tables) {
        String begin = "<!-- generated: " + name + " -->\n";
        String end = "<!-- end of generated -->";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end, from);
        return page.substring(0, from) + tables + page.substring(to);
    }

    private static String callTables() {
        Map<String, List<String>> bySection = new LinkedHashMap<>();
        bySection.put("the call", new ArrayList<>());
        for (String key : SettingsTree.keys(CallSettings.class)) {
            String section = key.contains(".") ? key.substring(0, key.indexOf('.')) : "the call";
            bySection
                    .computeIfAbsent(section, heading -> new ArrayList<>())
                    .add(row(key, PROPERTIES.get(DEFAULTS + key)));
        }
        StringBuilder tables = new StringBuilder();
        bySection.forEach((section, rows) -> tables.append("\n#### ")
                .append(section.contains(" ") ? section : "`" + section + "`")
                .append("\n\n")
                .append(table(rows)));
        return tables.append('\n').toString();
    }

    private static String starterTable() {
        List<String> rows = new ArrayList<>();
        PROPERTIES.forEach((name, property) -> {
            if (!name.startsWith(DEFAULTS) && !name.equals("resilience.calls") && !property.has("deprecation")) {
                rows.add(row(name, property));
            }
        });
        return "\n" + table(rows) + "\n";
    }

    private static String table(List<String> rows) {
        return "| key | type | default | description |\n|---|---|---|---|\n" + String.join("", rows);
    }

    /** The description ends with the default; where that is no value but a sentence, it is the only one there is. */
    private static String row(String key, JsonNode property) {
        Matcher described = DESCRIPTION.matcher(property.path("description").asText());
        if (!described.matches()) {
            throw new IllegalStateException(key + " has no description");
        }
        String type = property.path("type").asText();
        JsonNode value = property.get("defaultValue");
        String inWords = described.group("default") == null ? "-" : described.group("default");
        return "| `" + key + "` | " + type(type) + " | "
                + (value == null ? inWords : "`" + constant(type, value.asText()) + "`") + " | "
                + described.group("text") + " |\n";
    }

    private static String type(String type) {
        return switch (type) {
            case "java.time.Duration" -> "duration";
            case "java.lang.Boolean" -> "true, false";
            case "java.lang.Integer" -> "whole number";
            case "java.lang.Double", "java.lang.Float" -> "number";
            case "java.lang.String" -> "text";
            case "io.github.resiliencestarter.call.plan.HedgeDelay" -> "duration, or quantile such as p95";
            default -> type.startsWith("java.util.") ? collection(type) : special(type);
        };
    }

    private static String collection(String type) {
        return type.startsWith("java.util.Map") ? "sections by name" : "list of exception classes";
    }

    private static String special(String type) {
        if (type.startsWith("java.lang.Class")) {
            return "exception class";
        }
        try {
            List<String> constants = new ArrayList<>();
            for (Object constant : Class.forName(type).getEnumConstants()) {
                constants.add(constant(type, ((Enum<?>) constant).name()));
            }
            return String.join(", ", constants);
        } catch (ClassNotFoundException unknown) {
            throw new IllegalStateException("say in ConfigurationReference how to call a " + type, unknown);
        }
    }

    /** Constants are written like keys; resilience4j's are known in capitals. */
    private static String constant(String type, String name) {
        boolean isKey = type.startsWith("io.github.resiliencestarter") || type.startsWith("org.springframework");
        return isKey ? name.toLowerCase(Locale.ROOT).replace('_', '-') : name;
    }

    /** Whether there is a property of this name; an element of a list is known if the list is. */
    static boolean isKnown(String name) {
        String ofDefaults = name.replaceFirst("^resilience\\.calls(\\.[^.\\[]+|\\[[^]]+])\\.", DEFAULTS);
        return PROPERTIES.containsKey(ofDefaults.replaceFirst("\\[\\d+]$", "")) || isInSection(name);
    }

    /** The keys below a name that users give are not listed one by one. */
    private static boolean isInSection(String name) {
        return PROPERTIES.entrySet().stream()
                .anyMatch(each -> name.startsWith(each.getKey() + ".")
                        && each.getValue().path("type").asText().startsWith("java.util.Map")
                        && !each.getKey().equals("resilience.calls"));
    }

    private static Map<String, JsonNode> read() {
        try {
            Map<String, JsonNode> found = new LinkedHashMap<>();
            for (URL file : Collections.list(ConfigurationReference.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"))) {
                new ObjectMapper().readTree(file).get("properties").forEach(property -> {
                    String name = property.get("name").asText();
                    if (name.startsWith("resilience.")
                            || name.matches("management\\..*\\.(resilience|deadletters)\\..*")) {
                        found.putIfAbsent(name, property);
                    }
                });
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String current() {
        try {
            return Files.readString(page());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

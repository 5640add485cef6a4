package io.github.resiliencestarter.messaging.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/** Which tables and columns a script of ours creates, so that what is looked for is said once. */
final class ScriptColumns {

    private static final Pattern TABLE = Pattern.compile(
            "create table if not exists (?<name>\\w+) \\((?<columns>.*?)^\\)", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern COLUMN =
            Pattern.compile("^  (?!index |unique index |foreign key )(\\w+) ", Pattern.MULTILINE);

    private ScriptColumns() {}

    /** Columns by table. */
    static Map<String, Set<String>> of(ClassPathResource script) {
        Map<String, Set<String>> tables = new LinkedHashMap<>();
        try {
            Matcher table = TABLE.matcher(script.getContentAsString(StandardCharsets.UTF_8));
            while (table.find()) {
                Set<String> columns = new LinkedHashSet<>();
                COLUMN.matcher(table.group("columns")).results().forEach(column -> columns.add(column.group(1)));
                tables.put(table.group("name"), columns);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tables;
    }
}

package io.github.resiliencestarter.messaging.jdbc;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.sql.DatabaseMetaData;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.init.ScriptException;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** The tables of dead letters and replays. Creates what is missing, or says what is. Thread-safe. */
public final class JdbcSchema {

    /** When tables are created. */
    public enum Initialize {
        /** In H2, where it runs in this JVM. */
        EMBEDDED,
        /** In every database. */
        ALWAYS,
        /** Never: something else creates them. */
        NEVER
    }

    private static final String PROPERTY = "resilience.jdbc.initialize-schema";

    /** Each failure means that another instance has made something that was missing; the script has fewer statements. */
    private static final int ATTEMPTS = 12;

    private final DataSource database;
    private final ClassPathResource script;

    /** @throws ResilienceConfigurationException if the database is none that letters can be parked in */
    public JdbcSchema(DataSource database) {
        this.database = database;
        this.script = new ClassPathResource(Dialect.of(database).script(), JdbcSchema.class);
    }

    /**
     * Creates what is missing, if it is to, and makes sure that nothing is. Any number of instances may do so at once.
     *
     * @throws ResilienceConfigurationException if something is missing
     */
    public void prepare(Initialize when) {
        ScriptException failure =
                when == Initialize.ALWAYS || when == Initialize.EMBEDDED && isEmbedded() ? create() : null;
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new ResilienceConfigurationException(List.of(new Problem(
                    PROPERTY + ": " + when.name().toLowerCase(Locale.ROOT),
                    "the database has not all that dead letters need: there is no " + String.join(", no ", missing)
                            + (failure == null ? "" : " (" + NestedExceptionUtils.getMostSpecificCause(failure) + ")"),
                    (failure == null ? "Set " + PROPERTY + " to always" : "Allow its user to create it")
                            + ", or let your migrations run the script classpath:" + script.getPath()
                            + ", or set resilience.jdbc.enabled to false to park nothing")));
        }
    }

    /**
     * {@code if not exists} does not hold for two that create the same at once: to one of them it exists and fails. Nor for a user
     * of PostgreSQL who may create nothing, even where everything is there.
     *
     * @return null if all went well
     */
    private @Nullable ScriptException create() {
        ScriptException last = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                new ResourceDatabasePopulator(script).execute(database);
                return null;
            } catch (ScriptException e) {
                last = e;
            }
        }
        return last;
    }

    private List<String> missing() {
        return ScriptColumns.of(script).entrySet().stream()
                .flatMap(this::missing)
                .toList();
    }

    private Stream<String> missing(Map.Entry<String, Set<String>> table) {
        Set<String> columns;
        try {
            columns = Objects.requireNonNull(
                    new JdbcTemplate(database).query("select * from " + table.getKey() + " where 1 = 0", columns()));
        } catch (BadSqlGrammarException noSuchTable) {
            return Stream.of("table " + table.getKey());
        }
        return table.getValue().stream()
                .filter(column -> !columns.contains(column))
                .map(column -> "column " + column + " of table " + table.getKey());
    }

    private static ResultSetExtractor<Set<String>> columns() {
        return rows -> {
            Set<String> columns = new HashSet<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                columns.add(rows.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT));
            }
            return columns;
        };
    }

    private boolean isEmbedded() {
        try {
            return isEmbedded(JdbcUtils.extractDatabaseMetaData(database, DatabaseMetaData::getURL));
        } catch (MetaDataAccessException e) {
            throw Dialect.noAnswer(e);
        }
    }

    /** Not one that other applications have, too. */
    static boolean isEmbedded(@Nullable String url) {
        return url != null && url.startsWith("jdbc:h2:") && !url.matches("jdbc:h2:(tcp|ssl):.*");
    }
}

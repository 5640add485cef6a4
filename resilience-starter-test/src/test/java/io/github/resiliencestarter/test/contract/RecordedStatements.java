package io.github.resiliencestarter.test.contract;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source that remembers which statements were prepared, and with which values, to ask the database how it runs them. */
final class RecordedStatements extends DelegatingDataSource {

    private record Setter(Method method, Object[] arguments) {}

    private record Statement(String sql, List<Setter> setters) {}

    private final List<Statement> statements = new ArrayList<>();

    RecordedStatements(DataSource target) {
        super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return proxy(Connection.class, connection, (method, arguments, result) -> {
            if (!(result instanceof PreparedStatement prepared)) {
                return result;
            }
            Statement statement = new Statement((String) arguments[0], new ArrayList<>());
            statements.add(statement);
            return proxy(PreparedStatement.class, prepared, (setter, values, any) -> {
                if (setter.getName().startsWith("set") && values != null && values[0] instanceof Integer) {
                    statement.setters().add(new Setter(setter, values));
                }
                return any;
            });
        });
    }

    /** How the database runs the last statement that has this text in it. */
    String plan(String explain, String text) throws Exception {
        Statement last = statements.stream()
                .filter(each -> each.sql().contains(text))
                .reduce((first, second) -> second)
                .orElseThrow();
        StringBuilder plan = new StringBuilder();
        try (Connection connection = super.getConnection();
                PreparedStatement statement = connection.prepareStatement(explain + " " + last.sql())) {
            for (Setter setter : last.setters()) {
                setter.method().invoke(statement, setter.arguments());
            }
            try (ResultSet lines = statement.executeQuery()) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
        }
        return plan.toString();
    }

    private interface Watcher {
        Object after(Method method, Object[] arguments, Object result);
    }

    private static <T> T proxy(Class<T> type, T target, Watcher watcher) {
        return type.cast(Proxy.newProxyInstance(
                RecordedStatements.class.getClassLoader(), new Class<?>[] {type}, (any, method, arguments) -> {
                    try {
                        return watcher.after(method, arguments, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}

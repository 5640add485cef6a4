package io.github.resiliencestarter.test;

import io.github.resiliencestarter.test.server.Server;
import io.github.resiliencestarter.test.server.ServerUnavailableException;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What stands behind the annotations: it skips, starts, injects and heals. It uses only what the API of extensions has in both
 * JUnit 5.12 and JUnit 6.
 */
final class ServerExtension implements ExecutionCondition, AfterEachCallback, ParameterResolver {

    /** The servers start here, before the application context that wants them: whether one can be had shows when it starts. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        try {
            List<Server> servers = servers(context);
            return context.getElement()
                    .flatMap(element -> RequiredCapabilities.missing(element, servers))
                    .map(ConditionEvaluationResult::disabled)
                    .orElseGet(() -> ConditionEvaluationResult.enabled("the servers run"));
        } catch (ServerUnavailableException absence) {
            if (absence.isRequired()) {
                throw absence;
            }
            return ConditionEvaluationResult.disabled(absence.getMessage());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        servers(context).forEach(Server::heal);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Server.class.isAssignableFrom(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return ServerParameter.resolve(parameter.getParameter(), servers(context));
    }

    private static List<Server> servers(ExtensionContext context) {
        return ServerRequests.of(context.getRequiredTestClass()).stream()
                .map(ServerRequest::server)
                .toList();
    }
}

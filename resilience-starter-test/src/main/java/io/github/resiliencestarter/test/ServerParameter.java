package io.github.resiliencestarter.test;

import io.github.resiliencestarter.test.server.Server;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** A parameter of a test's constructor or method that wants a server. */
final class ServerParameter {

    private ServerParameter() {}

    static Server resolve(Parameter parameter, Collection<Server> servers) {
        List<Server> candidates =
                servers.stream().filter(parameter.getType()::isInstance).toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        String wanted = "Parameter '" + parameter + "' of " + parameter.getDeclaringExecutable();
        if (candidates.isEmpty()) {
            throw new ParameterResolutionException(wanted + " wants a server that its class does not ask for: put @With"
                    + parameter.getType().getSimpleName().replace("Server", "") + " on the class");
        }
        String names = candidates.stream().map(Server::name).collect(Collectors.joining(" and "));
        throw new ParameterResolutionException(
                wanted + " could be " + names + ": ask for the type of one of them, such as KafkaServer");
    }
}

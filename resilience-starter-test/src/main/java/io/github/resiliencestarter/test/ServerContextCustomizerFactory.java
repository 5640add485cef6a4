package io.github.resiliencestarter.test;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/** Tells the application context of a test class about the servers that the class asks for. Found through spring.factories. */
final class ServerContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        Set<ServerRequest> requests = ServerRequests.of(testClass);
        return requests.isEmpty() ? null : new ServerContextCustomizer(requests);
    }
}

package io.github.resiliencestarter.test;

import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Puts the way to each server into the context, where Spring Boot's auto-configuration looks before it looks at properties. It
 * is part of the key of Spring's context cache: test classes that ask for the same servers share their context.
 */
record ServerContextCustomizer(Set<ServerRequest> requests) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        for (ServerRequest request : requests) {
            ServerConnectionDetails.of(request.server()).ifPresent(details -> register(details, request, context));
        }
    }

    private static void register(
            ConnectionDetails details, ServerRequest request, ConfigurableApplicationContext context) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        beans.registerSingleton(request.kind() + "TestConnectionDetails", details);
    }
}

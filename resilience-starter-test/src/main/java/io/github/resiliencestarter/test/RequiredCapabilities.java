package io.github.resiliencestarter.test;

import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.Mode;
import io.github.resiliencestarter.test.server.Server;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.AnnotationSupport;

/** What a class or method requires of its servers. */
final class RequiredCapabilities {

    private RequiredCapabilities() {}

    /** A sentence about the first server that cannot do all of it. */
    static Optional<String> missing(AnnotatedElement element, Collection<Server> servers) {
        return AnnotationSupport.findAnnotation(element, RequiresCapability.class)
                .flatMap(required -> missing(element, required.value(), servers));
    }

    private static Optional<String> missing(
            AnnotatedElement element, Capability[] required, Collection<Server> servers) {
        if (servers.isEmpty()) {
            throw new IllegalStateException("@RequiresCapability on " + element
                    + " is about no server: put @WithKafka or another annotation of that kind on the class");
        }
        return servers.stream()
                .flatMap(server -> missing(required, server).stream())
                .findFirst();
    }

    private static Optional<String> missing(Capability[] required, Server server) {
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        missing.addAll(Arrays.asList(required));
        missing.removeAll(server.capabilities());
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String names = missing.stream().map(Enum::name).collect(Collectors.joining(" and "));
        return Optional.of("%s runs in mode %s, %s, which has no %s; choose another with -Dresilience.test.brokers.%s"
                .formatted(server.name(), server.mode(), place(server.mode()), names, server.name()));
    }

    private static String place(Mode mode) {
        return switch (mode) {
            case DOCKER -> "in a container";
            case LOCAL -> "as a process of this machine";
            case EMBEDDED -> "in the JVM of the tests";
        };
    }
}

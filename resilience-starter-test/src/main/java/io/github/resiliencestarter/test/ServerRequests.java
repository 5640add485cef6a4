package io.github.resiliencestarter.test;

import java.lang.annotation.Annotation;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.platform.commons.support.AnnotationSupport;

/** Which servers a test class asks for. */
final class ServerRequests {

    private ServerRequests() {}

    /** In an order that does not depend on that of the annotations: it is part of a cache's key. */
    static Set<ServerRequest> of(Class<?> testClass) {
        Set<ServerRequest> requests = new LinkedHashSet<>();
        add(requests, testClass, WithKafka.class, with -> new ServerRequest("kafka", with.nodes()));
        add(requests, testClass, WithRabbit.class, with -> new ServerRequest("rabbit", with.nodes()));
        add(requests, testClass, WithPostgres.class, with -> new ServerRequest("postgres", 1));
        add(requests, testClass, WithMariaDb.class, with -> new ServerRequest("mariadb", 1));
        add(requests, testClass, WithRedis.class, with -> new ServerRequest("redis", 1));
        return requests;
    }

    private static <A extends Annotation> void add(
            Set<ServerRequest> requests, Class<?> testClass, Class<A> annotation, Function<A, ServerRequest> request) {
        nearest(testClass, annotation).map(request).ifPresent(requests::add);
    }

    /** On the class, its superclasses, an annotation of it, or the class that it is nested in. */
    private static <A extends Annotation> Optional<A> nearest(Class<?> testClass, Class<A> annotation) {
        Optional<A> own = AnnotationSupport.findAnnotation(testClass, annotation);
        if (own.isPresent() || !AnnotationSupport.isAnnotated(testClass, Nested.class)) {
            return own;
        }
        return nearest(testClass.getEnclosingClass(), annotation);
    }
}

package io.github.resiliencestarter.operations;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationListenerMethodAdapter;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * The listeners of one context, as they are declared. Spring has some of its own that take every event and look into it; they
 * have no use for ours, so they do not count. Those of the application do, even where they take everything.
 */
final class ContextListeners {

    private static final String SPRING = "org.springframework.";

    private final List<GenericApplicationListener> made = new ArrayList<>();
    private final List<ResolvableType> declared = new ArrayList<>();

    ContextListeners(AbstractApplicationContext context) {
        for (ApplicationListener<?> listener : context.getApplicationListeners()) {
            if (counts(listener.getClass())) {
                made.add(
                        listener instanceof GenericApplicationListener generic
                                ? generic
                                : new GenericApplicationListenerAdapter(listener));
            }
        }
        if (context.isActive()) {
            addBeansToBeMade(context.getBeanFactory());
        }
    }

    /** Lazy listeners, and those of a scope: Spring makes them for the first event that they take. */
    private void addBeansToBeMade(ConfigurableListableBeanFactory beans) {
        for (String name : beans.getBeanNamesForType(ApplicationListener.class, true, false)) {
            Class<?> type = beans.containsSingleton(name) ? null : beans.getType(name, false);
            if (type != null && counts(type)) {
                declared.add(ResolvableType.forClass(type)
                        .as(ApplicationListener.class)
                        .getGeneric());
            }
        }
    }

    /** An {@code @EventListener} method is called by a class of Spring's, but it is the application's. */
    private static boolean counts(Class<?> listener) {
        return !listener.getName().startsWith(SPRING)
                || ApplicationListenerMethodAdapter.class.isAssignableFrom(listener);
    }

    boolean take(Class<?> eventType) {
        ResolvableType event = ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, eventType);
        return made.stream().anyMatch(listener -> listener.supportsEventType(event))
                || declared.stream().anyMatch(type -> takes(type, event));
    }

    private static boolean takes(ResolvableType declared, ResolvableType event) {
        return declared.resolve() == null || declared.isAssignableFrom(event);
    }
}

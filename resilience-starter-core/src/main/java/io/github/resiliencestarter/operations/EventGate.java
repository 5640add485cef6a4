package io.github.resiliencestarter.operations;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Knows whether anybody listens to an event. Publishing costs about a microsecond, more than a rejected call with all that is
 * around it, and most applications listen to nothing. What was found is kept until the number of listeners changes.
 * Thread-safe.
 */
final class EventGate {

    /** What was found when there were so many listeners. */
    private record Listened(int listeners, Set<Class<?>> types) {}

    private static final Set<Class<?>> ALL = concrete(ResilienceEvent.class, new HashSet<>());

    private final List<AbstractApplicationContext> contexts = new ArrayList<>();
    private final boolean alwaysOpen;
    private volatile Listened listened = new Listened(-1, Set.of());

    /** @param context its parents are looked at too, for Spring tells them as well */
    EventGate(ApplicationContext context) {
        boolean unknown = false;
        for (@Nullable ApplicationContext each = context; each != null; each = each.getParent()) {
            if (each instanceof AbstractApplicationContext known) {
                contexts.add(known);
            } else {
                unknown = true;
            }
        }
        this.alwaysOpen = unknown;
    }

    boolean isOpenFor(Class<? extends ResilienceEvent> type) {
        if (alwaysOpen) {
            return true;
        }
        int now = count();
        Listened known = listened;
        if (known.listeners() != now) {
            known = look(now);
            listened = known;
        }
        return known.types().contains(type);
    }

    private int count() {
        int count = 0;
        for (AbstractApplicationContext context : contexts) {
            count += context.getApplicationListeners().size();
        }
        return count;
    }

    private Listened look(int now) {
        Set<Class<?>> types = new HashSet<>();
        try {
            for (AbstractApplicationContext context : contexts) {
                ContextListeners listeners = new ContextListeners(context);
                ALL.stream().filter(listeners::take).forEach(types::add);
            }
        } catch (ConcurrentModificationException added) {
            // Somebody is adding listeners just now. To publish for nobody is harmless, and the next event looks again.
            return new Listened(-1, ALL);
        }
        return new Listened(now, Set.copyOf(types));
    }

    private static Set<Class<?>> concrete(Class<?> type, Set<Class<?>> found) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                concrete(permitted, found);
            }
        } else {
            found.add(type);
        }
        return found;
    }
}

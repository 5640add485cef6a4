package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.AttemptDecorator;
import io.github.resiliencestarter.call.Continuations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.task.TaskDecorator;
import org.springframework.util.ClassUtils;

/**
 * What a call takes with it from the thread of its caller to others: the MDC, whatever Micrometer's context propagation
 * knows of (traces, security), and what the host's {@link TaskDecorator} beans add.
 */
final class CallContext implements Continuations {

    private final Continuations threads = Continuations.plain();
    private final List<Supplier<@Nullable Captured>> parts = new ArrayList<>();

    CallContext(ListableBeanFactory beans) {
        parts.add(CallContext::mdc);
        if (isPresent("io.micrometer.context.ContextSnapshotFactory")) {
            parts.add(ContextSnapshots.INSTANCE);
        }
        beans.getBeanProvider(AttemptDecorator.class).ifUnique(decorator -> parts.add(decorator::capture));
        beans.getBeanProvider(TaskDecorator.class).orderedStream().forEach(decorator -> parts.add(() -> by(decorator)));
    }

    static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, CallContext.class.getClassLoader());
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public @Nullable Captured capture() {
        Captured all = null;
        for (Supplier<@Nullable Captured> part : parts) {
            Captured inner = all;
            Captured outer = part.get();
            all = inner == null || outer == null
                    ? inner == null ? outer : inner
                    : task -> outer.run(() -> inner.run(task));
        }
        return all;
    }

    private static @Nullable Captured mdc() {
        Map<String, String> ofCaller = MDC.getCopyOfContextMap();
        if (ofCaller == null || ofCaller.isEmpty()) {
            return null;
        }
        return task -> {
            Map<String, String> before = MDC.getCopyOfContextMap();
            MDC.setContextMap(ofCaller);
            try {
                task.run();
            } finally {
                if (before == null) {
                    MDC.clear();
                } else {
                    MDC.setContextMap(before);
                }
            }
        };
    }

    /** A decorator captures when it decorates, once; what it is to run is known later, and each time another. */
    private static Captured by(TaskDecorator decorator) {
        ThreadLocal<@Nullable Runnable> toRun = new ThreadLocal<>();
        Runnable decorated = decorator.decorate(() -> {
            Runnable task = toRun.get();
            if (task != null) {
                task.run();
            }
        });
        return task -> {
            toRun.set(task);
            try {
                decorated.run();
            } finally {
                toRun.remove();
            }
        };
    }
}

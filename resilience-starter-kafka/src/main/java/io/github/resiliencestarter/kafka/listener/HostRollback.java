package io.github.resiliencestarter.kafka.listener;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.util.ReflectionUtils;

/**
 * Whether the host has said itself what is done after a rollback. Each container has Spring's processor from the beginning, and
 * shows no difference to one that the host has set up; so it is compared with a new one: its back-off, and what it does at last.
 */
final class HostRollback {

    private HostRollback() {}

    static boolean isOwn(@Nullable AfterRollbackProcessor<?, ?> processor) {
        if (processor == null) {
            return false;
        }
        if (processor.getClass() != DefaultAfterRollbackProcessor.class) {
            return true;
        }
        AfterRollbackProcessor<?, ?> untouched = new DefaultAfterRollbackProcessor<>();
        return value(processor, "backOff") != value(untouched, "backOff")
                || recoverer(processor) != recoverer(untouched);
    }

    /** What is not configured is the same lambda of the framework in each instance, so of the same class. */
    private static @Nullable Class<?> recoverer(Object processor) {
        Object tracker = value(processor, "failureTracker");
        Object recoverer = tracker == null ? null : value(tracker, "recoverer");
        return recoverer == null ? null : recoverer.getClass();
    }

    private static @Nullable Object value(Object owner, String name) {
        Field field = ReflectionUtils.findField(owner.getClass(), name);
        return field == null || !field.trySetAccessible() ? null : ReflectionUtils.getField(field, owner);
    }
}

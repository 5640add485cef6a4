package io.github.resiliencestarter.kafka.consumer;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The consumer as its container sees it. A proxy, because the interface is not the same in all versions of the client. */
final class GuardedConsumer implements InvocationHandler {

    private static final Object[] NONE = {};

    private final Consumer<?, ?> consumer;
    private final ConsumerGuard guard;
    private boolean closed;

    GuardedConsumer(Consumer<?, ?> consumer, ConsumerGuard guard) {
        this.consumer = consumer;
        this.guard = guard;
    }

    ConsumerGuard guard() {
        return guard;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        @Nullable Object[] args = arguments == null ? NONE : arguments;
        return switch (method.getName()) {
            case "poll" -> poll(method, args);
            case "commitSync", "commitAsync" -> guard.isOpen() ? call(method, args) : commit(method, args);
            case "pause" -> run(() -> guard.pauses().containerPauses(partitions(args)));
            case "resume" -> run(() -> guard.pauses().containerResumes(partitions(args)));
            case "paused" -> guard.pauses().pausedByContainer();
            case "subscribe" -> subscribe(method, args);
            case "assign" -> assign(method, args);
            case "unsubscribe" -> leaveAll(method, args);
            case "close" -> close(method, args);
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "Guarded " + consumer;
            default -> call(method, args);
        };
    }

    private @Nullable Object poll(Method method, @Nullable Object[] args) throws Throwable {
        // The variant with milliseconds is gone from newer clients.
        boolean millis = args[0] instanceof Long;
        long asked =
                args[0] instanceof Duration timeout ? nanos(timeout) : TimeUnit.MILLISECONDS.toNanos((Long) args[0]);
        long most = guard.beforePoll(asked);
        try {
            Object polled = most == asked
                    ? call(method, args)
                    : call(method, millis ? TimeUnit.NANOSECONDS.toMillis(most) : Duration.ofNanos(most));
            return polled == null ? null : guard.filtered(polled);
        } finally {
            guard.afterPoll();
        }
    }

    private @Nullable Object commit(Method method, @Nullable Object[] args) throws Throwable {
        OffsetCommitCallback callback = last(args) instanceof OffsetCommitCallback last ? last : null;
        Map<TopicPartition, OffsetAndMetadata> admitted = guard.admit(asked(args));
        if (admitted.isEmpty()) {
            if (callback != null) {
                callback.onComplete(admitted, null);
            }
            return null;
        }
        if (method.getName().equals("commitAsync")) {
            consumer.commitAsync(admitted, (offsets, failure) -> {
                if (failure != null) {
                    guard.commitFailed(admitted.keySet());
                }
                if (callback != null) {
                    callback.onComplete(offsets, failure);
                }
            });
            return null;
        }
        try {
            if (last(args) instanceof Duration timeout) {
                consumer.commitSync(admitted, timeout);
            } else {
                consumer.commitSync(admitted);
            }
        } catch (Throwable e) {
            guard.commitFailed(admitted.keySet());
            throw e;
        }
        return null;
    }

    /** Without offsets, a consumer commits how far it has read. */
    @SuppressWarnings("unchecked") // the only map that a commit takes
    private Map<TopicPartition, OffsetAndMetadata> asked(@Nullable Object[] args) {
        if (args.length > 0 && args[0] instanceof Map<?, ?> offsets) {
            return (Map<TopicPartition, OffsetAndMetadata>) offsets;
        }
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            positions.put(partition, new OffsetAndMetadata(consumer.position(partition)));
        }
        return positions;
    }

    private @Nullable Object subscribe(Method method, @Nullable Object[] args) throws Throwable {
        ConsumerRebalanceListener listener = last(args) instanceof ConsumerRebalanceListener last ? last : null;
        Method withListener =
                Consumer.class.getMethod("subscribe", method.getParameterTypes()[0], ConsumerRebalanceListener.class);
        return call(withListener, args[0], new GuardedRebalance(guard, listener));
    }

    private @Nullable Object assign(Method method, @Nullable Object[] args) throws Throwable {
        Set<TopicPartition> leaving = new HashSet<>(consumer.assignment());
        leaving.removeAll(partitions(args));
        guard.settle(leaving);
        Object result = call(method, args);
        guard.leave(leaving);
        guard.applyPauses();
        return result;
    }

    private @Nullable Object leaveAll(Method method, @Nullable Object[] args) throws Throwable {
        Set<TopicPartition> leaving = new HashSet<>(consumer.assignment());
        guard.settle(leaving);
        try {
            return call(method, args);
        } finally {
            guard.leave(leaving);
        }
    }

    private @Nullable Object close(Method method, @Nullable Object[] args) throws Throwable {
        if (closed) {
            return call(method, args);
        }
        closed = true;
        try {
            return leaveAll(method, args);
        } finally {
            guard.closed();
        }
    }

    private @Nullable Object call(Method method, @Nullable Object... args) throws Throwable {
        try {
            return method.invoke(consumer, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static @Nullable Object run(Runnable action) {
        action.run();
        return null;
    }

    @SuppressWarnings("unchecked") // the only collection that these methods take
    private static Collection<TopicPartition> partitions(@Nullable Object[] args) {
        return (Collection<TopicPartition>) args[0];
    }

    private static @Nullable Object last(@Nullable Object[] args) {
        return args.length == 0 ? null : args[args.length - 1];
    }

    /** "For ever" does not fit into nanoseconds. */
    private static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException forEver) {
            return Long.MAX_VALUE;
        }
    }
}

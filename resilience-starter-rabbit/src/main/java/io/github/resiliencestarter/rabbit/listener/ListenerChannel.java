package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A channel as the host's listener sees it: what it says of messages is said to us. Everything else reaches the channel. */
final class ListenerChannel implements InvocationHandler {

    /** Who is told what the listener says of messages. */
    interface Settling {

        void ack(long tag, boolean multiple) throws IOException;

        void reject(long tag, boolean multiple, boolean requeue) throws IOException;

        /** All that is not settled comes again, by other tags. */
        default void recovered() {}
    }

    private final Channel given;
    private final Settling settling;

    private ListenerChannel(Channel given, Settling settling) {
        this.given = given;
        this.settling = settling;
    }

    static Channel around(Channel given, Settling settling) {
        return (Channel) Proxy.newProxyInstance(
                Channel.class.getClassLoader(), new Class<?>[] {Channel.class}, new ListenerChannel(given, settling));
    }

    /** Who is told by this channel; null if it is none of ours. */
    static @Nullable Settling of(@Nullable Object channel) {
        return channel != null
                        && Proxy.isProxyClass(channel.getClass())
                        && Proxy.getInvocationHandler(channel) instanceof ListenerChannel ours
                ? ours.settling
                : null;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Object[] given = arguments == null ? new Object[0] : arguments;
        switch (method.getName()) {
            case "basicAck" -> settling.ack((long) given[0], (boolean) given[1]);
            case "basicNack" -> settling.reject((long) given[0], (boolean) given[1], (boolean) given[2]);
            case "basicReject" -> settling.reject((long) given[0], false, (boolean) given[1]);
            case "basicRecover" -> {
                settling.recovered();
                return pass(method, arguments);
            }
            case "equals" -> {
                return proxy == given[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            default -> {
                return pass(method, arguments);
            }
        }
        return null;
    }

    private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(given, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }
}

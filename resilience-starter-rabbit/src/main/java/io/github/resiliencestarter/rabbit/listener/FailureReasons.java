package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.rabbit.deadletter.ContainerFailure;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.rabbit.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.util.ReflectionUtils;

/**
 * Why the future of a listener has failed. Its adapter tells that to nobody but its error handler, so this stands before that one,
 * or where there is none. It is put there by reflection, because the handler has another interface in each version of Spring.
 * Where that does not work, a letter says that the log has the reason.
 */
final class FailureReasons implements InvocationHandler {

    private final @Nullable Object handler;

    private FailureReasons(@Nullable Object handler) {
        this.handler = handler;
    }

    static void listenTo(MessageListener listener) {
        Field field = field("errorHandler");
        Field returned = field("returnExceptions");
        if (!(listener instanceof MessagingMessageListenerAdapter) || field == null || returned == null) {
            return;
        }
        Object handler = ReflectionUtils.getField(field, listener);
        if (handler == null && Boolean.TRUE.equals(ReflectionUtils.getField(returned, listener))) {
            // Failures are sent as answers, and are none for us.
            return;
        }
        Class<?> type = field.getType();
        Object before =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new FailureReasons(handler));
        ReflectionUtils.setField(field, listener, before);
    }

    private static @Nullable Field field(String name) {
        Field field = ReflectionUtils.findField(MessagingMessageListenerAdapter.class, name);
        return field != null && field.trySetAccessible() ? field : null;
    }

    /** For a failure the arguments are the message, the channel, what it was converted to, and what was thrown. */
    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments == null || !(arguments[arguments.length - 1] instanceof Throwable failure)) {
            return method.getDeclaringClass() == Object.class
                    ? method.invoke(this, arguments)
                    : InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        try {
            if (handler == null) {
                throw failure;
            }
            return method.invoke(handler, arguments);
        } catch (InvocationTargetException thrown) {
            note(arguments, thrown.getTargetException());
            throw thrown.getTargetException();
        } catch (Throwable thrown) {
            note(arguments, thrown);
            throw thrown;
        }
    }

    private static void note(Object[] arguments, Throwable thrown) {
        Throwable why = ContainerFailure.unwrapped(thrown);
        while (why instanceof CompletionException && why.getCause() != null) {
            why = why.getCause();
        }
        for (Object argument : arguments) {
            if (ListenerChannel.of(argument) instanceof AsyncChannel channel
                    && arguments[0] instanceof Message message) {
                channel.failedBecause(message, why);
            }
        }
    }
}

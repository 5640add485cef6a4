package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.util.List;
import java.util.Objects;
import org.aopalliance.aop.Advice;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.aop.framework.ProxyFactory;

/**
 * What the host has put around its listener: a transaction, a context, a look whether the message was seen before. Around ours it
 * would see one call that never fails, whatever becomes of the attempts; so it stands around each of them. Thread-safe if it is.
 */
record AdviceChain(List<Advice> all) {

    /** The method of the container's that advice expects, with its name and arguments. */
    interface Invocation {

        void invokeListener(@Nullable Channel channel, Object data) throws Exception;
    }

    HostListener around(HostListener listener) {
        if (all.isEmpty()) {
            return listener;
        }
        Invocation advised = advised((channel, message) -> listener.onMessage((Message) message, channel));
        return (message, channel) -> advised.invokeListener(channel, message);
    }

    @SuppressWarnings("unchecked") // what comes in below
    BatchCall around(BatchCall call) {
        if (all.isEmpty()) {
            return call;
        }
        Invocation advised = advised((channel, messages) ->
                call.attempt((List<Message>) messages, Objects.requireNonNull(channel, "no channel")));
        return (messages, channel) -> advised.invokeListener(channel, messages);
    }

    private Invocation advised(Invocation invocation) {
        ProxyFactory proxies = new ProxyFactory();
        proxies.addInterface(Invocation.class);
        proxies.setTarget(invocation);
        all.forEach(proxies::addAdvice);
        return (Invocation) proxies.getProxy(AdviceChain.class.getClassLoader());
    }
}

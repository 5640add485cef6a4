package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.call.outcome.Causes;
import io.github.resiliencestarter.messaging.retry.MuteFailure;
import io.github.resiliencestarter.rabbit.deadletter.ContainerFailure;
import java.util.List;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.ImmediateAcknowledgeAmqpException;
import org.springframework.amqp.support.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;

/** What a listener threw, out of what the framework wraps it in. */
final class Thrown {

    /** Depend on the message alone, or ask for no further attempt. */
    static final List<Class<? extends Throwable>> FATAL = List.of(
            AmqpRejectAndDontRequeueException.class,
            MessageConversionException.class,
            org.springframework.messaging.converter.MessageConversionException.class,
            MethodArgumentResolutionException.class);

    private Thrown() {}

    /** Goes on with it, unless the virtual machine itself is in trouble: then nobody should do anything. */
    static Throwable bearable(Throwable thrown) {
        Throwable failure = ContainerFailure.unwrapped(thrown);
        if (failure instanceof VirtualMachineError hopeless) {
            throw hopeless;
        }
        return MuteFailure.unlessAudible(failure);
    }

    /** The listener has thrown in order to have its message acknowledged all the same. */
    static boolean asksForAcknowledgement(Throwable failure) {
        return Causes.of(failure).anyMatch(ImmediateAcknowledgeAmqpException.class::isInstance);
    }
}

package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.messaging.retry.MuteFailure;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.kafka.support.converter.ConversionException;
import org.springframework.kafka.support.serializer.DeserializationException;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;

/** What a listener threw, out of what the framework wraps it in. */
final class Thrown {

    /** Depend on the record alone, so another attempt is in vain. */
    static final List<Class<? extends Throwable>> FATAL = List.of(
            DeserializationException.class,
            SerializationException.class,
            ConversionException.class,
            MessageConversionException.class,
            MethodArgumentResolutionException.class);

    private Thrown() {}

    /** Without the wrappers of the listener container. */
    static Throwable unwrapped(Throwable thrown) {
        Throwable inner = thrown;
        while (inner instanceof ListenerExecutionFailedException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Goes on with it, unless the virtual machine itself is in trouble: then nobody should do anything. */
    static Throwable bearable(Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof VirtualMachineError hopeless) {
            throw hopeless;
        }
        return MuteFailure.unlessAudible(failure);
    }

    /**
     * In the form in which the container takes it for a failure of this record: an {@link Error} would end the container, and every
     * restart of it.
     */
    static RuntimeException forContainer(Throwable failure) {
        return failure instanceof ListenerExecutionFailedException wrapped ? wrapped : new Traceless(failure);
    }

    /**
     * Says nothing that its cause does not say. The container compares each of its frames with each of its own wrapper's, and keeps
     * the difference: that takes longer than everything else about a failed record.
     */
    private static final class Traceless extends ListenerExecutionFailedException {

        private static final long serialVersionUID = 1L;

        Traceless(Throwable cause) {
            super("The listener failed", cause);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}

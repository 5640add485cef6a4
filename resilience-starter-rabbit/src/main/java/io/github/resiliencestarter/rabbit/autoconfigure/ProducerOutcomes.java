package io.github.resiliencestarter.rabbit.autoconfigure;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.Verdict;
import io.github.resiliencestarter.call.outcome.CatalogueClassifier;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.AmqpAuthenticationException;
import org.springframework.amqp.AmqpResourceNotAvailableException;
import org.springframework.amqp.AmqpTimeoutException;
import org.springframework.amqp.AmqpUnsupportedEncodingException;
import org.springframework.amqp.core.AmqpMessageReturnedException;
import org.springframework.amqp.support.converter.MessageConversionException;

/**
 * What the exceptions of RabbitMQ's client and of spring-amqp say about a message. {@code AmqpConnectException} is not in here:
 * it is both a connection that could not be made and one that was lost in use; its cause says which. Nor is a negative
 * acknowledgement: some of several queues may have taken the message.
 */
final class ProducerOutcomes implements CatalogueClassifier {

    /** It has the same type as an answer that did not come. */
    private static final Set<String> NO_CHANNEL =
            Set.of("No available channels", "Timed out attempting to get a connection");

    private static final Set<Integer> REFUSED =
            Set.of(AMQP.ACCESS_REFUSED, AMQP.NOT_FOUND, AMQP.RESOURCE_LOCKED, AMQP.PRECONDITION_FAILED);

    private static final Verdict NEVER_AND_NEVER_WILL_BE = new Verdict(CallOutcome.NEVER_SENT, false, null);

    @Override
    public @Nullable Verdict classify(Throwable failure) {
        if (failure instanceof AlreadyClosedException
                || failure instanceof AmqpResourceNotAvailableException
                || failure instanceof AmqpTimeoutException timeout && isWithoutChannel(timeout)) {
            return Verdict.neverSent();
        }
        if (failure instanceof MessageConversionException
                || failure instanceof AmqpUnsupportedEncodingException
                || failure instanceof AmqpAuthenticationException
                || failure instanceof PossibleAuthenticationFailureException) {
            return NEVER_AND_NEVER_WILL_BE;
        }
        return isRefused(failure) ? Verdict.rejected() : null;
    }

    private static boolean isWithoutChannel(AmqpTimeoutException failure) {
        return failure.getMessage() != null && NO_CHANNEL.contains(failure.getMessage());
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof AmqpMessageReturnedException
                || failure instanceof ShutdownSignalException signal
                        && signal.getReason() instanceof AMQP.Channel.Close close
                        && REFUSED.contains(close.getReplyCode());
    }
}

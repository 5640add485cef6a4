package io.github.resiliencestarter.rabbit.publisher;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.ReturnedMessage;
import org.springframework.amqp.rabbit.connection.CorrelationData;

/**
 * Stands in the place of the caller's correlation data, whose future would be completed normally even if the message has gone nowhere.
 * Where the caller has none, a failure is logged: then nobody else can know.
 */
final class ConfirmedMessage extends CorrelationData {

    private static final Logger log = LoggerFactory.getLogger(ConfirmedMessage.class);

    private final Message message;
    private final @Nullable CorrelationData caller;

    private ConfirmedMessage(Message message, @Nullable CorrelationData caller) {
        this.message = message;
        this.caller = caller;
        if (caller != null) {
            setId(caller.getId());
        }
    }

    static CorrelationData of(Message message, @Nullable CorrelationData caller) {
        ConfirmedMessage confirmed = new ConfirmedMessage(message, caller);
        confirmed.getFuture().whenComplete((answer, failure) -> confirmed.answered(answer, failure));
        return confirmed;
    }

    @Override
    public void setReturned(ReturnedMessage returned) {
        super.setReturned(returned);
        if (caller != null) {
            caller.setReturned(returned);
        }
    }

    private void answered(@Nullable Confirm answer, @Nullable Throwable failure) {
        Throwable why = failure == null && answer != null ? Undelivered.why(answer, getReturned(), message) : failure;
        if (caller == null) {
            if (why != null) {
                log.error("A message was not delivered: {}", why.getMessage());
            }
        } else if (why == null) {
            caller.getFuture().complete(answer);
        } else {
            caller.getFuture().completeExceptionally(why);
        }
    }
}

package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.delivery.Delivery;
import io.github.resiliencestarter.messaging.delivery.Dispatch;
import io.github.resiliencestarter.messaging.delivery.LadderParts;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The letter of a message, which is not acknowledged until somebody has it, or until its channel has gone. Thread-safe. */
final class MessageDelivery extends Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(MessageDelivery.class);

    private final OpenLetters letters;
    private final Runnable taken;
    private final BooleanSupplier running;

    MessageDelivery(
            LadderParts parts, OpenLetters letters, Dispatch dispatch, Runnable taken, BooleanSupplier running) {
        super(parts, dispatch);
        this.letters = letters;
        this.taken = taken;
        this.running = running;
    }

    @Override
    protected boolean isAwaited() {
        return running.getAsBoolean();
    }

    @Override
    protected void onTaken() {
        try {
            taken.run();
        } catch (RuntimeException notAcknowledged) {
            LOG.debug("The message of letter {} comes again", letter().id(), notAcknowledged);
        }
    }

    @Override
    protected void onStuck() {
        letters.stuck(this);
    }

    @Override
    protected void onOver() {
        letters.leave(this);
    }
}

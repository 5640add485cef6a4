package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayStatus;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The log of messages, in one logger, {@value #LOGGER}: what nobody takes is an ERROR, what is given up and what is paused a WARN.
 * What comes in masses is one line a minute for each source and cause, with the number of the others; at DEBUG each is a line.
 * Without payloads, keys and headers, and without what an exception says, which may quote them. Thread-safe.
 */
public final class MessageLog implements MessageObserver {

    static final String LOGGER = "io.github.resiliencestarter.messages";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Throttle deadLetters;
    private final Throttle undeliverable;

    public MessageLog(CallClock clock) {
        deadLetters = new Throttle(clock::nanoTime, PERIOD);
        undeliverable = new Throttle(clock::nanoTime, PERIOD);
    }

    @Override
    public void deadLettered(DeadLetter letter) {
        String cause = letter.failure().fingerprint();
        long others = deadLetters.pass(letter.source().name() + ' ' + cause);
        Level level = others == Throttle.HELD_BACK ? Level.DEBUG : Level.WARN;
        LOG.atLevel(level)
                .log(
                        "Dead letter {} of '{}' after {}: {} (fingerprint {}){}",
                        letter.id(),
                        letter.source().name(),
                        letter.attempts() == 1 ? "1 attempt" : letter.attempts() + " attempts",
                        letter.failure().exception(),
                        cause,
                        more(others));
    }

    @Override
    public void undeliverable(DeadLetter letter, Throwable why) {
        long others = undeliverable.pass(letter.source().name());
        if (others == Throttle.HELD_BACK) {
            LOG.debug("Nobody takes dead letter {} of '{}'", letter.id(), letter.source(), why);
        } else {
            LOG.error(
                    "Nobody takes dead letter {} of '{}', neither the broker nor a store: its consumer waits, nothing is"
                            + " lost, and it is tried again. Put right what is below{}",
                    letter.id(),
                    letter.source().name(),
                    more(others),
                    why);
        }
    }

    @Override
    public void paused(Pause pause) {
        LOG.warn(
                "Listener '{}' takes no messages of '{}': {} ({})",
                pause.listener(),
                pause.source(),
                Labels.of(pause.reason()),
                pause.detail());
    }

    @Override
    public void resumed(Pause pause) {
        LOG.info(
                "Listener '{}' takes messages of '{}' again: {} is over",
                pause.listener(),
                pause.source(),
                Labels.of(pause.reason()));
    }

    @Override
    public void replayEnded(ReplayJob job) {
        LOG.atLevel(job.status() == ReplayStatus.STOPPED ? Level.WARN : Level.INFO)
                .log(
                        "Replay '{}' is {} after {} letters{}",
                        job.id(),
                        Labels.of(job.status()),
                        job.sent(),
                        job.note() == null ? "" : ": " + job.note());
    }

    private static String more(long others) {
        return others > 0 ? "; and " + others + " others since the last such line" : "";
    }
}

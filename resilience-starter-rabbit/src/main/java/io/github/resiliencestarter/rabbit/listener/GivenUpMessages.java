package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.delivery.Detour;
import io.github.resiliencestarter.rabbit.deadletter.FailedMessages;
import io.github.resiliencestarter.rabbit.deadletter.OpenLetters;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes dead letters of what a listener gives up, and hands them over. The listener goes on at once; the message is acknowledged
 * when somebody has its letter.
 *
 * @param listener the id of the container, for people
 * @param running whether a delivery can still be settled
 */
record GivenUpMessages(
        FailedMessages messages,
        DelayedMessages delayed,
        OpenLetters letters,
        String listener,
        Predicate<Delivery> running)
        implements DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(GivenUpMessages.class);

    @Override
    public void take(Delivery delivery, ListenedQueue queue, Tried tried, Throwable failure) {
        if (delivery.channel().isClosed()) {
            // It comes again; a letter of it now would be one too many.
            return;
        }
        DeadLetter letter = messages.letter(
                delivery.message(), delivery.queue(), failure, tried.attempts(), tried.firstFailedAt(), Instant.now());
        Detour detour = delayed.detour(delivery, queue, failure);
        tell(letter, detour, failure);
        letters.send(letter, detour, delivery.settlement()::settle, () -> running.test(delivery));
    }

    private void tell(DeadLetter letter, @Nullable Detour detour, Throwable failure) {
        String queue = letter.source().name();
        if (detour == null) {
            log.error(
                    "Listener {} gave up a message of {} (attempts: {}); it becomes dead letter {}",
                    listener,
                    queue,
                    letter.attempts(),
                    letter.id(),
                    failure);
        } else {
            log.info(
                    "A message of {} failed after {} attempts, and waits in {} until {}",
                    queue,
                    letter.attempts(),
                    detour.place(),
                    detour.delay().dueAt(),
                    failure);
        }
    }

    @Override
    public boolean isStuck() {
        return letters.isStuck();
    }

    @Override
    public boolean awaitFree(Delivery delivery) {
        return letters.awaitFree(() -> running.test(delivery));
    }

    @Override
    public void channelClosed() {
        letters.forgetUnawaited();
    }
}

package io.github.resiliencestarter.operations;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.Source;
import java.time.Instant;
import java.util.function.Function;

/** Publishes what happens to messages. An event is made only if somebody listens to it. Thread-safe. */
public final class PublishedMessages implements MessageObserver {

    private final ResilienceEvents events;

    public PublishedMessages(ResilienceEvents events) {
        this.events = events;
    }

    @Override
    public void deadLettered(DeadLetter letter) {
        publish(MessageDeadLettered.class, now -> new MessageDeadLettered(letter, now));
    }

    @Override
    public void undeliverable(DeadLetter letter, Throwable why) {
        publish(LetterUndeliverable.class, now -> new LetterUndeliverable(letter, now, why));
    }

    @Override
    public void parked(DeadLetter letter, Parked how) {
        if (how != Parked.KNOWN) {
            publish(LetterParked.class, now -> new LetterParked(letter, now, how == Parked.REOPENED));
        }
    }

    @Override
    public void replayed(DeadLetter letter, Replay replay) {
        publish(LetterReplayed.class, now -> new LetterReplayed(letter, now, replay));
    }

    @Override
    public void resolved(Source source, String letterId) {
        publish(LetterResolved.class, now -> new LetterResolved(source, now, letterId));
    }

    @Override
    public void paused(Pause pause) {
        publish(ConsumerPaused.class, now -> new ConsumerPaused(pause, now));
    }

    @Override
    public void resumed(Pause pause) {
        publish(ConsumerResumed.class, now -> new ConsumerResumed(pause, now));
    }

    @Override
    public void replayEnded(ReplayJob job) {
        publish(ReplayEnded.class, now -> new ReplayEnded(job, now));
    }

    private <E extends MessageEvent> void publish(Class<E> type, Function<Instant, E> event) {
        if (events.areWanted(type)) {
            events.publish(event.apply(events.now()));
        }
    }
}

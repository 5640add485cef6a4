package io.github.resiliencestarter.operations;

import static io.github.resiliencestarter.Host.host;
import static io.github.resiliencestarter.messaging.SampleLetters.letter;
import static io.github.resiliencestarter.messaging.SampleLetters.pause;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.ReplayJob;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStatus;
import io.github.resiliencestarter.messaging.SampleLetters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.EventListener;

class MessageEventsTests {

    private final DeadLetter letter = letter("orders", 7);

    static class Listener {
        final List<MessageEvent> events = new ArrayList<>();

        @EventListener
        void on(MessageEvent event) {
            events.add(event);
        }
    }

    static class Counting implements MessageObserver {
        final AtomicInteger deadLetters = new AtomicInteger();

        @Override
        public void deadLettered(DeadLetter letter) {
            deadLetters.incrementAndGet();
        }
    }

    static class Throwing implements MessageObserver {
        @Override
        public void deadLettered(DeadLetter letter) {
            throw new IllegalStateException("observer");
        }
    }

    @Test
    void what_happens_to_messages_is_published() {
        host().withBean(Listener.class).run(context -> {
            MessageObserver observer = context.getBean(MessageObserver.class);
            observer.deadLettered(letter);
            observer.undeliverable(letter, new IOException());
            observer.parked(letter, Parked.NEW);
            observer.replayed(letter, new Replay("r", "me", null));
            observer.resolved(letter.source(), letter.id());
            observer.paused(pause(Pause.Reason.UNDELIVERABLE));
            observer.resumed(pause(Pause.Reason.UNDELIVERABLE));
            observer.replayEnded(ended());

            assertThat(context.getBean(Listener.class).events)
                    .<Class<?>>extracting(Object::getClass)
                    .containsExactly(
                            MessageDeadLettered.class,
                            LetterUndeliverable.class,
                            LetterParked.class,
                            LetterReplayed.class,
                            LetterResolved.class,
                            ConsumerPaused.class,
                            ConsumerResumed.class,
                            ReplayEnded.class);
        });
    }

    @Test
    void a_letter_that_is_parked_twice_is_told_once_and_one_that_failed_again_says_so() {
        host().withBean(Listener.class).run(context -> {
            MessageObserver observer = context.getBean(MessageObserver.class);
            observer.parked(letter, Parked.NEW);
            observer.parked(letter, Parked.KNOWN);
            observer.parked(letter, Parked.REOPENED);
            assertThat(context.getBean(Listener.class).events)
                    .extracting(event -> ((LetterParked) event).failedAgain())
                    .containsExactly(false, true);
        });
    }

    @Test
    void the_observers_of_the_host_are_told_too_and_one_that_throws_does_no_harm() {
        host().withBean(Throwing.class)
                .withBean(Counting.class)
                .withBean(Listener.class)
                .run(context -> {
                    context.getBean(MessageObserver.class).deadLettered(letter);
                    context.getBean(MessageObserver.class).deadLettered(letter);
                    assertThat(context.getBean(Counting.class).deadLetters).hasValue(2);
                    assertThat(context.getBean(Listener.class).events).hasSize(2);
                });
    }

    @Test
    void nobody_who_counts_means_a_counter_that_nobody_reads() {
        assertThat(MessageObserver.all(List.of(new Counting(), new Throwing())).processed("orders"))
                .isSameAs(MessageObserver.NOT_COUNTED);
    }

    private static ReplayJob ended() {
        return new ReplayJob(
                "r",
                new ReplayRequest(LetterFilter.ALL, null, 50, true, 3, "me", null),
                ReplayStatus.COMPLETED,
                1,
                28,
                SampleLetters.FAILED_AT,
                SampleLetters.FAILED_AT,
                null);
    }
}

package io.github.resiliencestarter.messaging;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several observers as one. A message does not fail because somebody who only looks has failed. */
final class MessageObservers implements MessageObserver {

    private static final Logger LOG = LoggerFactory.getLogger(MessageObserver.class);

    private final List<MessageObserver> observers;
    private final AtomicBoolean warned = new AtomicBoolean();

    MessageObservers(Collection<? extends MessageObserver> observers) {
        this.observers = List.copyOf(observers);
    }

    @Override
    public LongAdder processed(String source) {
        List<LongAdder> counters = observers.stream()
                .map(observer -> observer.processed(source))
                .filter(counter -> counter != NOT_COUNTED)
                .toList();
        return switch (counters.size()) {
            case 0 -> NOT_COUNTED;
            case 1 -> counters.get(0);
            default -> new Counters(counters);
        };
    }

    @Override
    public void retried(Source source, int attempt, Throwable failure) {
        tell(observer -> observer.retried(source, attempt, failure));
    }

    @Override
    public void delayed(DeadLetter letter, Duration delay) {
        tell(observer -> observer.delayed(letter, delay));
    }

    @Override
    public void deadLettered(DeadLetter letter) {
        tell(observer -> observer.deadLettered(letter));
    }

    @Override
    public void undeliverable(DeadLetter letter, Throwable why) {
        tell(observer -> observer.undeliverable(letter, why));
    }

    @Override
    public void parked(DeadLetter letter, DeadLetterStore.Parked how) {
        tell(observer -> observer.parked(letter, how));
    }

    @Override
    public void replayed(DeadLetter letter, Replay replay) {
        tell(observer -> observer.replayed(letter, replay));
    }

    @Override
    public void resolved(Source source, String letterId) {
        tell(observer -> observer.resolved(source, letterId));
    }

    @Override
    public void passedOver(Source source, String letterId) {
        tell(observer -> observer.passedOver(source, letterId));
    }

    @Override
    public void paused(Pause pause) {
        tell(observer -> observer.paused(pause));
    }

    @Override
    public void resumed(Pause pause) {
        tell(observer -> observer.resumed(pause));
    }

    @Override
    public void replayEnded(ReplayJob job) {
        tell(observer -> observer.replayEnded(job));
    }

    private void tell(Consumer<MessageObserver> what) {
        for (MessageObserver observer : observers) {
            try {
                what.accept(observer);
            } catch (RuntimeException failure) {
                if (warned.compareAndSet(false, true)) {
                    LOG.warn(
                            "{} failed; the message goes on, and further failures are logged at DEBUG",
                            observer.getClass().getName(),
                            failure);
                } else {
                    LOG.debug("{} failed", observer.getClass().getName(), failure);
                }
            }
        }
    }

    /** One counter for several who count. */
    private static final class Counters extends LongAdder {

        private static final long serialVersionUID = 1L;

        private final transient List<LongAdder> counters;

        Counters(List<LongAdder> counters) {
            this.counters = counters;
        }

        @Override
        public void add(long messages) {
            counters.forEach(counter -> counter.add(messages));
        }

        @Override
        public void increment() {
            add(1);
        }
    }
}

package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Pause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was told of messages, in order. */
final class ObservedMessages implements MessageObserver {

    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void deadLettered(DeadLetter letter) {
        events.add("dead-lettered " + letter.id());
    }

    @Override
    public void delayed(DeadLetter letter, Duration delay) {
        events.add("delayed " + letter.id() + ' ' + delay);
    }

    @Override
    public void undeliverable(DeadLetter letter, Throwable why) {
        events.add("undeliverable " + letter.id());
    }

    @Override
    public void parked(DeadLetter letter, Parked how) {
        events.add("parked " + letter.id() + ' ' + how);
    }

    @Override
    public void paused(Pause pause) {
        events.add("paused " + pause.listener() + ' ' + pause.source() + ' ' + pause.reason());
    }

    @Override
    public void resumed(Pause pause) {
        events.add("resumed " + pause.listener() + ' ' + pause.source());
    }
}

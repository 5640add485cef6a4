package io.github.resiliencestarter.benchmarks.messages;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.MessageObserver;

/** The business code of an application that gets one load after the other. Changed only while its listener is stopped. */
final class CurrentConsumption implements MessageObserver {

    private volatile Consumption consumption = new Consumption(0, RabbitPeer.MAX_ATTEMPTS);

    void set(Consumption next) {
        consumption = next;
    }

    void process(int number, boolean poison) {
        consumption.process(number, poison);
    }

    @Override
    public void deadLettered(DeadLetter letter) {
        consumption.inFlight().deadLettered(letter);
    }
}

package io.github.resiliencestarter.kafka.listener;

/**
 * The listener runs in a transaction of its container: one attempt for each, because what a failed attempt has written must be
 * rolled back before the next one. What comes after a failure is the business of {@link AfterRollback}. Thread-safe.
 */
final class TransactionAttempts implements SlowPath {

    private final Listening listening;

    TransactionAttempts(Listening listening) {
        this.listening = listening;
    }

    @Override
    public boolean deliver(Delivery<?, ?> delivery) {
        Remembered known =
                listening.memory().find(delivery.partition(), delivery.record().offset());
        if (known != null && known.givenUp() != null) {
            // Only its letter is still to be sent, which is done outside of this transaction.
            throw Thrown.forContainer(known.givenUp());
        }
        if (known == null && listening.replays().isNotForUs(delivery.record(), listening.source(delivery.record()))) {
            delivery.skip();
            return false;
        }
        if (!listening.doors().admits()) {
            throw Thrown.forContainer(new NotYet());
        }
        try {
            delivery.attempt();
        } catch (Throwable thrown) {
            return afterFirstFailure(delivery, thrown);
        }
        listening.doors().passed(delivery.record());
        // Not before: if the commit fails the record comes again, and must not be taken for processed then.
        WatchedTransactions.afterCommit(() -> processed(delivery));
        return true;
    }

    @Override
    public boolean afterFirstFailure(Delivery<?, ?> delivery, Throwable thrown) {
        throw Thrown.forContainer(Thrown.bearable(thrown));
    }

    private void processed(Delivery<?, ?> delivery) {
        listening.memory().forget(delivery.partition(), delivery.record().offset());
        listening.replays().processed(delivery.record(), listening.source(delivery.record()));
    }
}

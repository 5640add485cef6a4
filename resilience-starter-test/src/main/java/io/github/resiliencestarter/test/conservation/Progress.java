package io.github.resiliencestarter.test.conservation;

/**
 * How far the sending has come, and how far it may go. It waits for each disruption to begin at its message: else a long one would
 * leave the next ones without traffic.
 */
final class Progress {

    private long sent;
    private long limit;
    private boolean over;

    /** Waits until this message may be sent. */
    synchronized void awaitPermission(long number) throws InterruptedException {
        while (number > limit) {
            wait();
        }
    }

    /** Messages up to this one may be sent. */
    synchronized void permit(long number) {
        limit = number;
        notifyAll();
    }

    synchronized void onSent(long number) {
        sent = number;
        notifyAll();
    }

    /** The number that was sent last. */
    synchronized long sent() {
        return sent;
    }

    /** No more messages will be sent. */
    synchronized void end() {
        over = true;
        notifyAll();
    }

    /** Waits until this message has been sent, or none will be any more. */
    synchronized void awaitSent(long number) throws InterruptedException {
        while (sent < number && !over) {
            wait();
        }
    }
}

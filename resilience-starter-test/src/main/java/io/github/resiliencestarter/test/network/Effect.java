package io.github.resiliencestarter.test.network;

/** What one fault does to one direction of one connection. Times are those of the {@link EventLoop}. */
interface Effect {

    /** Nothing is read before this time. */
    default long pausedUntil() {
        return 0;
    }

    /** The most bytes that may be read at once. */
    default long allowance() {
        return Long.MAX_VALUE;
    }

    /** Bytes have been read that will reach the other side. */
    default void onBytes(int count, long now) {}

    /** How many nanoseconds the bytes just read are on their way. */
    default long delay() {
        return 0;
    }

    /** Whether the other side is told nothing: neither bytes nor that the connection has ended. */
    default boolean isSilent() {
        return false;
    }

    /** Whether the connection ends when the bytes read so far have arrived. */
    default boolean isOver() {
        return false;
    }
}

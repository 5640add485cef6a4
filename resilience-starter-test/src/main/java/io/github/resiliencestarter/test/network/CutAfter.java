package io.github.resiliencestarter.test.network;

import org.jspecify.annotations.Nullable;

/**
 * A connection is closed as soon as exactly so many bytes have passed in a direction: of a living connection since the fault was
 * applied, of a new one since its beginning. 0 closes at once.
 */
public final class CutAfter extends Fault {

    private final long bytes;
    private final Direction direction;

    /** In either direction: whichever passes that many first. */
    public CutAfter(long bytes) {
        this(bytes, Direction.BOTH);
    }

    private CutAfter(long bytes, Direction direction) {
        if (bytes < 0) {
            throw new IllegalArgumentException("Cut after " + bytes + " bytes: it must be 0 or more");
        }
        this.bytes = bytes;
        this.direction = direction;
    }

    public CutAfter towards(Direction direction) {
        return new CutAfter(bytes, direction);
    }

    @Override
    @Nullable
    Effect effectOn(Direction direction) {
        return this.direction.includes(direction) ? new Countdown(bytes) : null;
    }

    @Override
    public String toString() {
        return "cut after " + bytes + " bytes " + direction;
    }

    private static final class Countdown implements Effect {

        private long left;

        private Countdown(long left) {
            this.left = left;
        }

        @Override
        public long allowance() {
            return left;
        }

        @Override
        public void onBytes(int count, long now) {
            left -= count;
        }

        @Override
        public boolean isOver() {
            return left == 0;
        }
    }
}

package io.github.resiliencestarter.test.network;

import org.jspecify.annotations.Nullable;

/**
 * Each connection passes at most so many bytes per second in each direction. What does not pass waits at the sender, whose writes
 * block when the operating system's buffers are full.
 */
public final class Bandwidth extends Fault {

    private static final long SECOND = 1_000_000_000;
    /** Bytes go in pieces that take 10 ms; what a late timer has cost is made up for, up to two such pieces. */
    private static final long PIECES_PER_SECOND = 100;

    private static final long MOST_MADE_UP_FOR = 2 * SECOND / PIECES_PER_SECOND;

    private final long bytesPerSecond;
    private final Direction direction;

    /** In both directions. */
    public Bandwidth(long bytesPerSecond) {
        this(bytesPerSecond, Direction.BOTH);
    }

    private Bandwidth(long bytesPerSecond, Direction direction) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("Bandwidth of " + bytesPerSecond
                    + " bytes per second: it must be at least 1; BlackHole passes none");
        }
        this.bytesPerSecond = bytesPerSecond;
        this.direction = direction;
    }

    public Bandwidth towards(Direction direction) {
        return new Bandwidth(bytesPerSecond, direction);
    }

    @Override
    @Nullable
    Effect effectOn(Direction direction) {
        return this.direction.includes(direction) ? new Throttle() : null;
    }

    @Override
    public String toString() {
        return "bandwidth of " + bytesPerSecond + " bytes/s " + direction;
    }

    private final class Throttle implements Effect {

        private long pausedUntil;

        @Override
        public long pausedUntil() {
            return pausedUntil;
        }

        @Override
        public long allowance() {
            return Math.max(1, bytesPerSecond / PIECES_PER_SECOND);
        }

        @Override
        public void onBytes(int count, long now) {
            pausedUntil = Math.max(pausedUntil, now - MOST_MADE_UP_FOR)
                    + Math.round(count * (double) SECOND / bytesPerSecond);
        }
    }
}

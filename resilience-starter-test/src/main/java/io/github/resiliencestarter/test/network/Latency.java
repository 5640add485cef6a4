package io.github.resiliencestarter.test.network;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Bytes arrive later, in the order in which they were sent. They are on their way side by side, up to 4 MiB for each connection
 * and direction, so that latency alone costs little throughput. Connecting itself is not delayed.
 *
 * <p>By default without jitter and in both directions, which makes a round trip slower by twice the latency.
 */
public final class Latency extends Fault {

    private final Duration latency;
    private final Duration jitter;
    private final long seed;
    private final Direction direction;

    /** Without jitter, in both directions. */
    public Latency(Duration latency) {
        this(latency, Duration.ZERO, 0, Direction.BOTH);
    }

    private Latency(Duration latency, Duration jitter, long seed, Direction direction) {
        if (latency.isNegative() || jitter.isNegative() || jitter.compareTo(latency) > 0) {
            throw new IllegalArgumentException("Latency " + latency + " with jitter " + jitter
                    + ": neither may be negative, and the jitter must not exceed the latency");
        }
        this.latency = latency;
        this.jitter = jitter;
        this.seed = seed;
        this.direction = direction;
    }

    /**
     * Each delay is drawn evenly between {@code latency - jitter} and {@code latency + jitter}; the same seed gives the n-th piece
     * of data of a connection the same delay.
     */
    public Latency withJitter(Duration jitter, long seed) {
        return new Latency(latency, jitter, seed, direction);
    }

    public Latency towards(Direction direction) {
        return new Latency(latency, jitter, seed, direction);
    }

    @Override
    @Nullable
    Effect effectOn(Direction direction) {
        if (!this.direction.includes(direction)) {
            return null;
        }
        Random random = new Random(seed);
        return new Effect() {
            @Override
            public long delay() {
                return latency.toNanos() + Math.round((2 * random.nextDouble() - 1) * jitter.toNanos());
            }
        };
    }

    @Override
    public String toString() {
        return "latency of " + latency + " +/- " + jitter + " " + direction;
    }
}

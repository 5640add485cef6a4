package io.github.resiliencestarter.test.network;

import org.jspecify.annotations.Nullable;

/**
 * Bytes vanish, and so does the news that a side has closed its connection. Connections stay open, and new ones are accepted:
 * nobody is told anything, as behind a firewall that drops packets.
 *
 * <p>What has vanished does not come back. When the fault ends, a connection that has lost something is reset, because its bytes
 * would make no sense any more; a connection that was idle meanwhile goes on.
 */
public final class BlackHole extends Fault {

    private static final Effect SILENCE = new Effect() {
        @Override
        public boolean isSilent() {
            return true;
        }
    };

    private final Direction direction;

    /** In both directions. */
    public BlackHole() {
        this(Direction.BOTH);
    }

    private BlackHole(Direction direction) {
        this.direction = direction;
    }

    public BlackHole towards(Direction direction) {
        return new BlackHole(direction);
    }

    @Override
    @Nullable
    Effect effectOn(Direction direction) {
        return this.direction.includes(direction) ? SILENCE : null;
    }

    @Override
    public String toString() {
        return "black hole " + direction;
    }
}

package io.github.resiliencestarter.test.network;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one connection: what is read at its source is written to its sink, as far as its faults let it. While the sink
 * has no room, or too much is on its way, nothing is read, so that the sender feels what the receiver cannot take.
 */
final class Flow {

    private static final long MOST_BYTES_ON_THE_WAY = 4 * 1024 * 1024;
    private static final long NEVER = Long.MAX_VALUE;

    private final Connection connection;
    private final End source;
    private final End sink;
    private final Traffic traffic;
    private final EventLoop loop;
    private final List<Effect> effects = new ArrayList<>();
    private final DelayLine line = new DelayLine();

    /** As it is until the sink is connected. */
    private boolean sinkIsFull = true;

    private boolean hasLost;
    private boolean sourceHasEnded;
    /** What follows the last byte, and when. */
    private @Nullable Runnable ending;

    private long endingDue;
    private long wakeUpAt = NEVER;

    Flow(Connection connection, End source, End sink, Traffic traffic, EventLoop loop) {
        this.connection = connection;
        this.source = source;
        this.sink = sink;
        this.traffic = traffic;
        this.loop = loop;
    }

    /** Whether the sink is told nothing. */
    boolean isSilent() {
        if (!sink.isOpen()) {
            return true;
        }
        for (Effect effect : effects) {
            if (effect.isSilent()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the sink has missed something, so that the connection cannot go on. */
    boolean hasLost() {
        return hasLost;
    }

    /** The source has gone, and the sink is not told. */
    void onSourceGone() {
        lose();
        sourceHasEnded = true;
        hasLost = true;
    }

    /** The sink has gone, and the source is not told: whatever it sends goes nowhere. */
    void onSinkGone() {
        hasLost = true;
        sinkIsFull = false;
        line.clear();
        ending = null;
        proceed();
    }

    /** What is on its way does not arrive either: a fault begins at one moment, whatever latency or a slow sink has kept. */
    private void lose() {
        if (!line.isEmpty()) {
            traffic.onLost(line.size());
            line.clear();
            hasLost = true;
            sinkIsFull = false;
        }
        if (ending != null && effects.stream().noneMatch(Effect::isOver)) { // a cut is no news of the source's
            ending = null;
            hasLost = true;
        }
    }

    boolean hasEnded() {
        return sourceHasEnded && ending == null;
    }

    void apply(Effect effect) {
        effects.add(effect);
        if (effect.isSilent()) {
            lose();
        }
        endIfOver();
        proceed();
    }

    /** Ends all effects; what is on its way arrives at once. */
    void heal() {
        effects.clear();
        line.release();
        endingDue = 0;
        proceed();
    }

    /** The connection has been closed. */
    void onClosed() {
        effects.clear();
        line.clear();
        ending = null;
        sourceHasEnded = true;
    }

    /** The source has bytes, or has ended. */
    void onBytes() {
        long now = loop.now();
        if (!mayRead(now)) {
            proceed();
            return;
        }
        ByteBuffer bytes = loop.buffer(allowance());
        int count = source.read(bytes);
        if (count < 0) {
            onEnd(now);
        } else if (count > 0) {
            pass(bytes.flip(), now);
            endIfOver();
        }
        proceed();
    }

    private void onEnd(long now) {
        sourceHasEnded = true;
        if (!sink.isOpen()) {
            connection.close();
        } else if (isSilent()) {
            hasLost = true;
        } else {
            endWith(() -> connection.onEnd(sink), now);
        }
    }

    private void endIfOver() {
        for (Effect effect : effects) {
            if (effect.isOver() && !sourceHasEnded) {
                sourceHasEnded = true;
                endWith(connection::close, loop.now());
            }
        }
    }

    private void endWith(Runnable ending, long now) {
        this.ending = ending;
        this.endingDue = now + delay();
    }

    private void pass(ByteBuffer bytes, long now) {
        int count = bytes.remaining();
        if (isSilent()) {
            hasLost = true;
            traffic.onLost(count);
            return;
        }
        for (Effect effect : effects) {
            effect.onBytes(count, now);
        }
        long due = now + delay();
        if (line.isEmpty() && due <= now) {
            traffic.onPassed(sink.write(bytes));
            sinkIsFull = bytes.hasRemaining();
        }
        if (bytes.hasRemaining() && sink.isOpen()) {
            line.add(bytes, due);
        }
    }

    /** The sink has room. */
    void onRoom() {
        sinkIsFull = false;
        proceed();
    }

    /** Writes what is due, and sets what is waited for: bytes, room, or a time. */
    void proceed() {
        long now = loop.now();
        writeWhatIsDue(now);
        if (ending != null && line.isEmpty() && endingDue <= now) {
            Runnable end = ending;
            ending = null;
            end.run();
        }
        sink.wantWrite(sinkIsFull);
        source.wantRead(mayRead(now));
        wakeUp(now);
    }

    private void writeWhatIsDue(long now) {
        for (ByteBuffer bytes = line.due(now); bytes != null && !sinkIsFull; bytes = line.due(now)) {
            int count = sink.write(bytes);
            if (!sink.isOpen()) {
                line.clear();
                return;
            }
            traffic.onPassed(count);
            sinkIsFull = bytes.hasRemaining();
            line.arrived(count);
        }
    }

    private boolean mayRead(long now) {
        return !sourceHasEnded && !sinkIsFull && line.size() < MOST_BYTES_ON_THE_WAY && pausedUntil() <= now;
    }

    private void wakeUp(long now) {
        long next = line.nextDue();
        if (line.isEmpty() && ending != null) {
            next = endingDue;
        }
        long paused = pausedUntil();
        if (paused > now && !sourceHasEnded) {
            next = Math.min(next, paused);
        }
        if (next < wakeUpAt && next > now) {
            wakeUpAt = next;
            long time = next;
            loop.at(time, () -> onTime(time));
        }
    }

    private void onTime(long time) {
        if (time == wakeUpAt) { // an earlier one has not taken its place
            wakeUpAt = NEVER;
            proceed();
        }
    }

    private long pausedUntil() {
        long latest = 0;
        for (Effect effect : effects) {
            latest = Math.max(latest, effect.pausedUntil());
        }
        return latest;
    }

    private long allowance() {
        long least = NEVER;
        for (Effect effect : effects) {
            least = Math.min(least, effect.allowance());
        }
        return least;
    }

    private long delay() {
        long sum = 0;
        for (Effect effect : effects) {
            sum += effect.delay();
        }
        return sum;
    }
}

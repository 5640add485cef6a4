package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a listener's consumers, by what the container gives to its listener. Most listeners have one, so the last one is
 * kept at hand. Thread-safe.
 */
final class ConsumerChannels {

    private final Map<Channel, Known> known = new ConcurrentHashMap<>();
    private final Function<Channel, ConsumerChannel> made;
    private final Runnable closed;

    /** Read and written without a barrier: it is immutable, and a stale one is only looked up again. */
    private @Nullable Known last;

    private record Known(Channel given, ConsumerChannel channel) {}

    /**
     * @param made for the channel below what is given
     * @param closed what else is to be done when one of them is
     */
    ConsumerChannels(Function<Channel, ConsumerChannel> made, Runnable closed) {
        this.made = made;
        this.closed = closed;
    }

    @SuppressWarnings("ReferenceEquality") // a proxy that is asked whether it equals another would be invoked
    ConsumerChannel of(Channel given) {
        Known found = last;
        if (found == null || found.given != given) {
            found = known.get(given);
        }
        if (found == null || found.channel.isClosed()) {
            // Not there yet; or reopened below its proxy, where a new consumer is.
            found = open(given);
        }
        last = found;
        return found.channel;
    }

    /** A channel has one thread that gets its messages, so nobody else does this at the same time. */
    private Known open(Channel given) {
        Channel raw = ConsumerChannel.rawOf(given);
        Known opened = new Known(given, made.apply(raw == null ? given : raw));
        if (raw == null) {
            opened.channel.close();
            return opened;
        }
        known.put(given, opened);
        raw.addShutdownListener(cause -> {
            opened.channel.close();
            known.remove(given, opened);
            closed.run();
        });
        return opened;
    }
}

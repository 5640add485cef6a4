package io.github.resiliencestarter.rabbit.listener;

import org.jspecify.annotations.Nullable;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.RoutingConnectionFactory;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;

/** Where dead letters are sent to. Those of a container that consumes elsewhere would go astray. */
public record LetterBroker(ConnectionFactory connections) {

    /** Why the letters of this container would not be found beside its queue; null if they are. */
    @Nullable
    String reasonToStandBack(AbstractMessageListenerContainer container) {
        ConnectionFactory theirs = container.getConnectionFactory();
        return isOurs(theirs)
                ? null
                : "it consumes from %s, and dead letters are sent to %s. Mark that connection factory as @Primary whose listeners are to be protected"
                        .formatted(text(theirs), text(connections));
    }

    private boolean isOurs(ConnectionFactory theirs) {
        return theirs == connections
                || !isRouting(theirs) && !isRouting(connections) && text(theirs).equals(text(connections));
    }

    private static boolean isRouting(ConnectionFactory factory) {
        return factory instanceof RoutingConnectionFactory;
    }

    /** Of one that routes it depends on who asks. */
    private static String text(ConnectionFactory factory) {
        return isRouting(factory)
                ? "wherever " + factory.getClass().getSimpleName() + " leads"
                : "%s:%d, virtual host %s".formatted(factory.getHost(), factory.getPort(), factory.getVirtualHost());
    }
}

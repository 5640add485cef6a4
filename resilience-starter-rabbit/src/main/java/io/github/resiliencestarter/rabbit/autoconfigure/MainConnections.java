package io.github.resiliencestarter.rabbit.autoconfigure;

import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;

/** By whose connections letters are sent and parked, where the host has several: those that it would be given by its type. */
final class MainConnections {

    private MainConnections() {}

    /** The only one, or the primary one; the first one where none is. */
    static ConnectionFactory of(ObjectProvider<ConnectionFactory> all) {
        ConnectionFactory main = all.getIfUnique();
        return main == null ? all.orderedStream().findFirst().orElseThrow() : main;
    }
}

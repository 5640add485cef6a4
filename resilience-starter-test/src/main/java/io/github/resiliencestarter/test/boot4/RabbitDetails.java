package io.github.resiliencestarter.test.boot4;

import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.List;
import org.springframework.boot.amqp.autoconfigure.RabbitConnectionDetails;

/** The way to RabbitMQ, to each of its nodes. */
public record RabbitDetails(RabbitServer server) implements RabbitConnectionDetails {

    @Override
    public List<Address> getAddresses() {
        return server.nodes().stream()
                .map(node -> new Address(server.host(), node.proxy().port()))
                .toList();
    }

    @Override
    public String getUsername() {
        return server.username();
    }

    @Override
    public String getPassword() {
        return server.password();
    }

    @Override
    public String getVirtualHost() {
        return server.virtualHost();
    }
}

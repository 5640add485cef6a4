package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * RabbitMQ. Several nodes are one cluster, in which a quorum queue has a replica on each and outlives the loss of a minority;
 * what is left of the cluster without a majority stops until the others are back. A message that is persistent, in a durable
 * queue and confirmed survives {@link #kill()}.
 */
public final class RabbitServer extends AbstractServer {

    /** The program by which RabbitMQ is administered, for the first node. */
    interface Control {
        String output(List<String> arguments) throws IOException;
    }

    private final Control control;
    private boolean formed;

    RabbitServer(Mode mode, String version, List<? extends Node> nodes, Control control) {
        super(Kind.RABBIT, mode, version, nodes);
        this.control = control;
    }

    /** All nodes as {@code host:port}, separated by commas, as {@code spring.rabbitmq.addresses} takes them. */
    public String addresses() {
        return nodes().stream().map(node -> host() + ":" + node.proxy().port()).collect(Collectors.joining(","));
    }

    public String host() {
        return "127.0.0.1";
    }

    /** The port of the {@link Node#proxy() proxy} of the first node. */
    public int port() {
        return node(0).proxy().port();
    }

    public String username() {
        return "guest";
    }

    public String password() {
        return "guest";
    }

    public String virtualHost() {
        return "/";
    }

    /**
     * What {@code rabbitmqctl} prints with these arguments, such as {@code "add_vhost", "shop"}: for users, rights and policies, which
     * clients cannot make. It takes a second or two, and what it has made stays for the tests that follow.
     *
     * @throws ServerException if it fails, with what it has printed
     */
    public String control(String... arguments) {
        try {
            return control.output(List.of(arguments));
        } catch (IOException e) {
            throw new ServerException("rabbitmqctl " + String.join(" ", arguments) + " failed: " + e.getMessage(), e);
        }
    }

    /** The first time the other nodes join the first one, which has to be there; later each knows the others. */
    @Override
    public synchronized void start() {
        if (!formed) {
            node(0).start();
        }
        super.start();
        formed = true;
    }
}

package io.github.resiliencestarter.test.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RabbitMQ as it is installed on this machine.
 *
 * @param server the script that becomes the server
 * @param epmd Erlang's port mapper, by which nodes find each other
 */
record RabbitInstallation(Path server, Path epmd) {

    /** Debian's script in the path is another one: it changes the user first, and so needs root. */
    private static final Path OF_THE_PACKAGE = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    /** The directory of an installation tells it: {@code rabbitmq_server-3.10.8}, or {@code rabbitmq/3.10.8}. */
    private static final Pattern VERSION = Pattern.compile("rabbitmq(?:_server-|/)([0-9]+[0-9.]*)");

    static Optional<RabbitInstallation> find() {
        return script().flatMap(server -> Executables.onPath("epmd").map(epmd -> new RabbitInstallation(server, epmd)));
    }

    private static Optional<Path> script() {
        return Files.isExecutable(OF_THE_PACKAGE) ? Optional.of(OF_THE_PACKAGE) : Executables.onPath("rabbitmq-server");
    }

    /** The program by which a node is administered: beside the server, and also free of the script that needs root. */
    Path control() {
        return server.resolveSibling("rabbitmqctl");
    }

    String version() {
        try {
            Matcher matcher = VERSION.matcher(server.toRealPath().toString());
            return matcher.find() ? matcher.group(1) : "unknown";
        } catch (IOException e) {
            throw new ServerException(server + " cannot be read: " + e, e);
        }
    }
}

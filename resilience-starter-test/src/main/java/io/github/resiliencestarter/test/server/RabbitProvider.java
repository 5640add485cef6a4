package io.github.resiliencestarter.test.server;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where RabbitMQ comes from. */
final class RabbitProvider implements Provider<RabbitServer> {

    @Override
    public Kind kind() {
        return Kind.RABBIT;
    }

    @Override
    public @Nullable String absence(Mode mode, int nodes) {
        return switch (mode) {
            case DOCKER ->
                nodes > 1
                        ? "a cluster of RabbitMQ runs as processes only; choose -D" + Selection.BROKERS
                                + ".rabbit=local"
                        : Containers.absence();
            case LOCAL ->
                RabbitInstallation.find().isPresent()
                        ? null
                        : "there is no rabbitmq-server in /usr/lib/rabbitmq/bin or the PATH, or no epmd in the PATH; "
                                + "install them with: apt-get install -y --no-install-recommends rabbitmq-server";
            case EMBEDDED -> "RabbitMQ does not run in a JVM";
        };
    }

    @Override
    public RabbitServer create(Mode mode, int nodes) {
        if (mode == Mode.DOCKER) {
            return Containers.rabbit();
        }
        RabbitInstallation installation = RabbitInstallation.find().orElseThrow();
        RabbitCluster cluster = new RabbitCluster(installation, nodes);
        List<LocalNode> members = IntStream.range(0, nodes)
                .mapToObj(index -> new LocalNode("rabbit-" + (index + 1), new RabbitRecipe(cluster, index)))
                .toList();
        return new RabbitServer(mode, installation.version(), members, cluster::control);
    }
}

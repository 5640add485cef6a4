package io.github.resiliencestarter.test.server;

import io.github.resiliencestarter.test.network.FaultProxy;
import io.github.resiliencestarter.test.server.child.KafkaMain;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** A Kafka broker in the test's own JVM. Its log is the JVM's own. */
final class EmbeddedKafka implements Node {

    private final KafkaCluster cluster;
    private final KafkaCluster.Broker broker;
    private final FaultProxy proxy;
    private @Nullable Path directory;
    private @Nullable KafkaRaftServer server;

    EmbeddedKafka(KafkaCluster cluster, KafkaCluster.Broker broker) {
        this.cluster = cluster;
        this.broker = broker;
        this.proxy = FaultProxy.to(() -> Ports.address(broker.client()));
    }

    @Override
    public String name() {
        return broker.name();
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    @Override
    public synchronized void start() {
        if (server != null) {
            return;
        }
        if (directory == null) {
            directory = DataDirectory.create(name());
        }
        Properties properties =
                cluster.properties(broker, directory.resolve("data").toString(), proxy.port());
        try {
            Path configuration = directory.resolve("server.properties");
            KafkaCluster.write(properties, configuration);
            KafkaMain.format(configuration.toString(), cluster.id(), new PrintStream(OutputStream.nullOutputStream()));
            KafkaRaftServer started = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
            started.startup();
            server = started;
        } catch (IOException | RuntimeException e) {
            throw new ServerException(
                    name() + " did not start in this JVM: " + e + ". The log of the JVM says more", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    @Override
    public void kill() {
        throw cannot(Capability.KILL);
    }

    @Override
    public void pause() {
        throw cannot(Capability.PAUSE);
    }

    @Override
    public void resume() {
        throw cannot(Capability.PAUSE);
    }

    private UnsupportedOperationException cannot(Capability capability) {
        return new UnsupportedOperationException(name() + " runs in this JVM and cannot " + capability
                + "; choose -Dresilience.test.brokers.kafka=local or docker");
    }

    @Override
    public FaultProxy proxy() {
        return proxy;
    }

    @Override
    public String log() {
        return "";
    }
}

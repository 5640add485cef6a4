package io.github.resiliencestarter.test.server;

import io.github.resiliencestarter.test.server.child.KafkaMain;
import io.github.resiliencestarter.test.server.child.StandardOutputLogging;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** A Kafka broker as a JVM of its own, with the Kafka that is on our class path. */
record KafkaRecipe(KafkaCluster cluster, KafkaCluster.Broker broker) implements Recipe {

    @Override
    public InetSocketAddress address() {
        return Ports.address(broker.client());
    }

    @Override
    public void prepare(Path directory, int clientPort) throws IOException {
        KafkaCluster.write(
                cluster.properties(broker, directory.resolve("data").toString(), clientPort), configuration(directory));
    }

    @Override
    public Launch launch(Path directory) {
        return Launch.of(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dslf4j.provider=" + StandardOutputLogging.class.getName(),
                "-cp",
                System.getProperty("java.class.path"),
                KafkaMain.class.getName(),
                configuration(directory).toString(),
                cluster.id()));
    }

    private static Path configuration(Path directory) {
        return directory.resolve("server.properties");
    }

    @Override
    public boolean answers() throws Exception {
        return KafkaProbe.isServing(broker);
    }
}

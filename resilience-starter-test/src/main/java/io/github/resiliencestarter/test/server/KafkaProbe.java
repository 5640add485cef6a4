package io.github.resiliencestarter.test.server;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Whether a broker serves: it has joined its cluster, and the cluster has a controller. */
final class KafkaProbe {

    private static final int LIMIT_MILLIS = 5_000;

    private KafkaProbe() {}

    /** Asks past the proxy, whatever the network does just now. */
    static boolean isServing(KafkaCluster.Broker broker) throws Exception {
        // first a plain connection: the admin client logs a warning for each refused one
        Wire.connect(Ports.address(broker.inner())).close();
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + broker.inner(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            return admin.describeCluster().nodes().get(LIMIT_MILLIS, TimeUnit.MILLISECONDS).stream()
                    .anyMatch(node -> node.id() == broker.id());
        }
    }
}

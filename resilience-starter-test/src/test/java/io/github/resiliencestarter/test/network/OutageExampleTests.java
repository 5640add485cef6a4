package io.github.resiliencestarter.test.network;

import static io.github.resiliencestarter.test.network.Direction.TO_CLIENT;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the documentation shows. */
@Timeout(60)
class OutageExampleTests {

    @Test
    void a_proxy_stands_in_front_of_any_host_and_port() throws IOException {
        try (ServerSocket database = new ServerSocket(0)) {
            int port = database.getLocalPort();
            // tag::proxy[]
            try (FaultProxy proxy = FaultProxy.to("localhost", port)) {
                Socket client = new Socket(proxy.host(), proxy.port());

                proxy.apply(new Latency(ofMillis(200)).withJitter(ofMillis(50), 42)); // slow, both ways
                proxy.apply(new BlackHole().towards(TO_CLIENT)); // and no answer arrives any more
                proxy.heal();

                proxy.apply(new Cut()); // all connections closed, new ones refused
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                proxy.heal();
            }
            // end::proxy[]
        }
    }
}

package io.github.resiliencestarter.test.network;

import static io.github.resiliencestarter.test.network.FaultProxyTests.assertReset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.network.Wire.Pair;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults that end connections or prevent them. */
@Timeout(60)
class ConnectionFaultsTests {

    private Wire wire;
    private FaultProxy proxy;

    @BeforeEach
    void connect() throws IOException {
        wire = new Wire();
        proxy = wire.proxy;
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
    }

    @Test
    void refused_is_who_connects_and_nobody_who_is_connected() throws IOException {
        Pair living = wire.pair();
        proxy.apply(new Refuse());
        assertThatThrownBy(wire::connect).isInstanceOf(ConnectException.class).hasMessageContaining("refused");
        living.say("still here");
        proxy.heal();
        wire.pair().say("here again");
        living.say("and still here");
    }

    @Test
    void a_port_that_refuses_is_nobody_elses() {
        proxy.apply(new Refuse());
        assertThatThrownBy(() -> new ServerSocket(proxy.port())).isInstanceOf(BindException.class);
    }

    @Test
    void a_reset_hits_both_ends_of_who_is_connected_and_nobody_who_connects() throws IOException {
        Pair living = wire.pair();
        proxy.apply(new Reset());
        assertReset(living.client());
        assertReset(living.server());
        assertThat(proxy.connections()).isZero();
        wire.pair().say("connected after it");
    }

    @Test
    void a_cut_closes_all_connections_and_refuses_new_ones_until_healed() throws IOException {
        Pair living = wire.pair();
        proxy.apply(new Cut());
        assertThat(living.client().getInputStream().read()).isEqualTo(-1);
        assertThat(living.server().getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(wire::connect).isInstanceOf(ConnectException.class);
        proxy.heal();
        wire.pair().say("healed");
        assertThat(proxy.faults()).isEmpty();
    }

    @Test
    void a_server_that_has_gone_unnoticed_leaves_the_client_talking_to_nobody() throws IOException {
        Pair stale = wire.pair();
        proxy.apply(HalfOpen.serverGone());
        assertReset(stale.server());
        Pair.say(stale.client(), "anybody there?");
        await().until(() -> proxy.bytesLost(Direction.TO_SERVER) == 14);
        assertThat(proxy.connections()).isEqualTo(1);
        wire.pair().say("a new one works");
        proxy.heal();
        assertReset(stale.client());
    }

    @Test
    void what_latency_has_kept_goes_with_a_server_that_goes_unnoticed() throws IOException {
        Pair pair = wire.pair();
        proxy.apply(new Latency(Duration.ofHours(1)));
        Pair.say(pair.server(), "late");
        assertThat(proxy.connections()).as("the proxy has read it").isEqualTo(1);
        proxy.apply(HalfOpen.serverGone());
        assertThat(proxy.bytesLost(Direction.TO_CLIENT)).isEqualTo(4);
    }

    @Test
    void a_client_that_has_gone_unnoticed_leaves_the_server_talking_to_nobody() throws IOException {
        Pair stale = wire.pair();
        proxy.apply(HalfOpen.clientGone());
        assertReset(stale.client());
        Pair.say(stale.server(), "anybody there?");
        await().until(() -> proxy.bytesLost(Direction.TO_CLIENT) == 14);
        proxy.heal();
        assertReset(stale.server());
    }

    @Test
    void a_half_open_connection_ends_when_the_side_that_is_left_closes_it() throws IOException {
        Pair stale = wire.pair();
        proxy.apply(HalfOpen.serverGone());
        stale.client().close();
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void both_sides_may_go_unnoticed() throws IOException {
        wire.pair();
        proxy.apply(HalfOpen.serverGone(), HalfOpen.clientGone());
        assertThat(proxy.connections()).isZero();
    }

    @Test
    void a_server_that_goes_behind_a_black_hole_is_not_noticed_until_healed() throws IOException {
        Pair pair = wire.pair();
        proxy.apply(new BlackHole().towards(Direction.TO_CLIENT));
        pair.server().setSoLinger(true, 0);
        pair.server().close();
        wire.serverGoes();
        Socket late = wire.connect();
        Pair.say(pair.client(), "hello");
        Pair.say(late, "hello");
        await().until(() -> proxy.bytesLost(Direction.TO_SERVER) == 10);
        proxy.heal();
        assertReset(pair.client());
        assertReset(late);
    }
}

package io.github.resiliencestarter.test.network;

import static io.github.resiliencestarter.test.network.FaultProxyTests.assertReset;
import static io.github.resiliencestarter.test.network.FaultProxyTests.random;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.network.Wire.Pair;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults that act on the bytes of a connection. */
@Timeout(60)
class DataFaultsTests {

    private Wire wire;
    private FaultProxy proxy;
    private Pair pair;

    @BeforeEach
    void connect() throws IOException {
        wire = new Wire();
        proxy = wire.proxy;
        pair = wire.pair();
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
    }

    @Test
    void latency_delays_each_direction_of_living_and_of_new_connections() throws IOException {
        proxy.apply(new Latency(Duration.ofMillis(100)));
        for (Pair each : new Pair[] {pair, wire.pair()}) {
            long start = System.nanoTime();
            each.say("ping");
            each.answer("pong");
            assertThat(since(start)).isBetween(200L, 1000L);
        }
    }

    @Test
    void latency_towards_one_side_leaves_the_other_alone() throws IOException {
        proxy.apply(new Latency(Duration.ofSeconds(20)).towards(Direction.TO_CLIENT));
        pair.say("arrives at once");
    }

    @Test
    void latency_does_not_limit_throughput_for_bytes_travel_side_by_side() throws IOException {
        byte[] bytes = random(4_000_000, 1);
        proxy.apply(new Latency(Duration.ofMillis(200)));
        long start = System.nanoTime();
        CompletableFuture<Void> written = Wire.write(pair.client(), bytes);
        assertThat(pair.server().getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
        assertThat(since(start)).isBetween(200L, 1500L);
        written.join();
    }

    @Test
    void jitter_does_not_change_the_order() throws IOException {
        byte[] bytes = random(20_000_000, 2);
        proxy.apply(new Latency(Duration.ofMillis(10)).withJitter(Duration.ofMillis(10), 42));
        CompletableFuture<Void> written = Wire.write(pair.client(), bytes);
        assertThat(pair.server().getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
        written.join();
    }

    @Test
    void jitter_is_the_same_for_the_same_seed_and_stays_in_its_limits() {
        Latency latency = new Latency(Duration.ofMillis(100)).withJitter(Duration.ofMillis(40), 7);
        assertThat(delays(latency)).isEqualTo(delays(latency));
        assertThat(delays(latency)).allMatch(delay -> delay >= 60_000_000 && delay <= 140_000_000);
        assertThat(delays(latency)).doesNotHaveDuplicates();
        assertThat(delays(latency)).isNotEqualTo(delays(latency.withJitter(Duration.ofMillis(40), 8)));
    }

    @Test
    void the_end_of_a_connection_is_delayed_too_and_comes_after_its_bytes() throws IOException {
        proxy.apply(new Latency(Duration.ofMillis(100)));
        long start = System.nanoTime();
        Pair.say(pair.client(), "last words");
        pair.client().close();
        assertThat(pair.server().getInputStream().readAllBytes()).hasSize(10);
        assertThat(since(start)).isGreaterThanOrEqualTo(100);
    }

    @Test
    void healing_delivers_at_once_what_latency_has_kept() throws IOException {
        proxy.apply(new Latency(Duration.ofSeconds(30)));
        Pair.say(pair.client(), "waiting");
        proxy.heal();
        Pair.hear(pair.server(), "waiting");
        pair.answer("back to normal");
    }

    @Test
    void bandwidth_passes_so_many_bytes_per_second_and_no_more() throws IOException {
        byte[] bytes = random(100_000, 3);
        proxy.apply(new Bandwidth(200_000));
        long start = System.nanoTime();
        CompletableFuture<Void> written = Wire.write(pair.client(), bytes);
        assertThat(pair.server().getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
        assertThat(since(start)).isBetween(450L, 1000L);
        written.join();
    }

    @Test
    void bandwidth_towards_one_side_leaves_the_other_alone() throws IOException {
        proxy.apply(new Bandwidth(1).towards(Direction.TO_CLIENT));
        pair.say("much more than one byte");
    }

    @Test
    void healing_ends_the_limit_at_once() throws IOException {
        proxy.apply(new Bandwidth(1));
        Pair.say(pair.client(), "would take half a minute or so");
        proxy.heal();
        Pair.hear(pair.server(), "would take half a minute or so");
    }

    @Test
    void latency_and_bandwidth_add_up() throws IOException {
        byte[] bytes = random(60_000, 4);
        proxy.apply(new Bandwidth(200_000));
        proxy.apply(new Latency(Duration.ofMillis(300)));
        long start = System.nanoTime();
        CompletableFuture<Void> written = Wire.write(pair.client(), bytes);
        assertThat(pair.server().getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
        assertThat(since(start)).isBetween(550L, 1300L);
        written.join();
    }

    @Test
    void bytes_vanish_in_a_black_hole_and_the_connection_is_reset_when_it_ends() throws IOException {
        proxy.apply(new BlackHole());
        Pair.say(pair.client(), "hello?");
        Pair.say(pair.server(), "anybody?");
        await().until(() -> proxy.bytesLost(Direction.BOTH) == 14);
        assertThat(proxy.bytes(Direction.BOTH)).isZero();
        assertThat(proxy.connections()).isEqualTo(1);
        proxy.heal();
        assertReset(pair.client());
        assertReset(pair.server());
    }

    @Test
    void what_latency_has_kept_vanishes_in_a_black_hole_that_opens_meanwhile() throws IOException {
        proxy.apply(new Latency(Duration.ofHours(1)).towards(Direction.TO_CLIENT));
        Pair.say(pair.server(), "late");
        pair.server().shutdownOutput();
        assertThat(proxy.connections()).as("the proxy has read it").isEqualTo(1);
        proxy.apply(new BlackHole().towards(Direction.TO_CLIENT));
        assertThat(proxy.bytesLost(Direction.TO_CLIENT)).isEqualTo(4);
        proxy.heal();
        assertReset(pair.client());
    }

    @Test
    void a_connection_that_was_idle_in_a_black_hole_goes_on() throws IOException {
        proxy.apply(new BlackHole());
        proxy.heal();
        pair.say("as if nothing had been");
        pair.answer("indeed");
    }

    @Test
    void new_connections_are_accepted_in_a_black_hole() throws IOException {
        proxy.apply(new BlackHole());
        Pair late = wire.pair();
        Pair.say(late.client(), "hello?");
        await().until(() -> proxy.bytesLost(Direction.TO_SERVER) == 6);
    }

    @Test
    void a_black_hole_towards_one_side_leaves_the_other_alone() throws IOException {
        proxy.apply(new BlackHole().towards(Direction.TO_CLIENT));
        pair.say("arrives");
        Pair.say(pair.server(), "does not");
        await().until(() -> proxy.bytesLost(Direction.TO_CLIENT) == 8);
    }

    @Test
    void a_black_hole_keeps_the_end_of_a_connection_to_itself_until_healed() throws IOException {
        proxy.apply(new BlackHole());
        pair.client().close();
        Pair.say(pair.server(), "still there?");
        await().until(() -> proxy.bytesLost(Direction.TO_CLIENT) == 12);
        proxy.heal();
        assertReset(pair.server());
    }

    @Test
    void a_connection_is_cut_after_exactly_so_many_bytes() throws IOException {
        pair.say("not counted");
        proxy.apply(new CutAfter(1000).towards(Direction.TO_SERVER));
        for (Pair each : new Pair[] {pair, wire.pair()}) {
            each.answer("not counted either");
            CompletableFuture<Void> written = Wire.write(each.client(), random(1000, 5));
            assertThat(each.server().getInputStream().readAllBytes()).isEqualTo(random(1000, 5));
            assertThat(each.client().getInputStream().read()).isEqualTo(-1);
            written.join();
        }
        proxy.heal();
        wire.pair().say("x".repeat(5000));
    }

    @Test
    void what_is_sent_beyond_the_cut_does_not_arrive() throws IOException {
        proxy.apply(new CutAfter(1000), new Latency(Duration.ofMillis(50)));
        Wire.write(pair.client(), random(1500, 6));
        assertThat(pair.server().getInputStream().readNBytes(1500)).hasSize(1000);
    }

    @Test
    void cut_after_no_bytes_cuts_at_once() throws IOException {
        proxy.apply(new CutAfter(0));
        assertThat(pair.client().getInputStream().read()).isEqualTo(-1);
        assertThat(wire.connect().getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void impossible_faults_are_refused_with_the_value_and_the_remedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Bandwidth(0))
                .withMessageContaining("0 bytes per second")
                .withMessageContaining("at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new CutAfter(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Latency(Duration.ofMillis(5)).withJitter(Duration.ofMillis(6), 1))
                .withMessageContaining("PT0.006S");
    }

    private static long since(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static List<Long> delays(Latency latency) {
        Effect effect = requireNonNull(latency.effectOn(Direction.TO_SERVER));
        return LongStream.generate(effect::delay).limit(100).boxed().toList();
    }
}

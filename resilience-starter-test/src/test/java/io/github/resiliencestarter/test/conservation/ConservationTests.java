package io.github.resiliencestarter.test.conservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConservationTests {

    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void nothing_is_lost_where_all_is_processed() {
        ConservationReport report = check(new InMemoryTransport()).run();
        assertThat(report).isConserved().hasNoDuplicates().hasLostExactly();
        assertThat(report.toString()).contains("All messages are accounted for").contains("what happened: nothing");
    }

    @Test
    void each_lost_number_is_named() {
        ConservationReport report = check(new InMemoryTransport() {
                    @Override
                    public CompletionStage<?> send(long number) {
                        boolean swallowed = number == 3 || (number >= 500 && number < 600);
                        return swallowed ? ACKNOWLEDGED : super.send(number);
                    }
                })
                .seed(42)
                .run();
        assertThat(report.lost()).hasToString("3, 500-599");
        assertThatThrownBy(() -> assertThat(report).isConserved())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("101 of 1000 messages are lost")
                .hasMessageContaining("lost (101): 3, 500-599")
                .hasMessageContaining("repeat with -Dresilience.test.seed=42");
        assertThatThrownBy(() -> assertThat(report).hasLostExactly(3)).isInstanceOf(AssertionError.class);
    }

    @Test
    void dead_lettered_parked_or_still_in_the_broker_is_not_lost() {
        ConservationReport report = check(new InMemoryTransport() {
                    @Override
                    public CompletionStage<?> send(long number) {
                        if (number <= 30) {
                            (number <= 10 ? deadLettered : number <= 20 ? parked : remaining).add(number);
                            return ACKNOWLEDGED;
                        }
                        return super.send(number);
                    }
                })
                .run();
        assertThat(report).isConserved().hasNoDuplicates();
        assertThat(report.toString())
                .contains("processed 970, dead-lettered 10, parked 10, still in the broker 10, lost 0");
    }

    @Test
    void a_number_that_was_not_acknowledged_may_be_there_or_not() {
        ConservationReport report = check(new InMemoryTransport() {
                    @Override
                    public CompletionStage<?> send(long number) {
                        if (number == 1) {
                            throw new IllegalStateException("no broker");
                        }
                        if (number == 2) {
                            super.send(number);
                        }
                        return number <= 3
                                ? CompletableFuture.failedStage(new IllegalStateException("timeout"))
                                : super.send(number);
                    }
                })
                .run();
        assertThat(report).isConserved().hasNoDuplicates();
        assertThat(report.arrivedUnacknowledged()).hasToString("2");
        assertThat(report.toString())
                .contains("acknowledged 997, arrived without an acknowledgement 1")
                .contains("the first send that failed: java.lang.IllegalStateException: no broker");
    }

    @Test
    void where_nothing_was_acknowledged_nothing_is_proved() {
        ConservationReport report = check(new InMemoryTransport() {
                    @Override
                    public CompletionStage<?> send(long number) {
                        return CompletableFuture.failedStage(new IllegalStateException("There is no queue orders"));
                    }
                })
                .run();
        assertThatThrownBy(() -> assertThat(report).isConserved())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("None of the 1000 messages was acknowledged, so nothing is proved.")
                .hasMessageContaining("There is no queue orders");
    }

    @Test
    void a_message_that_is_dead_lettered_twice_is_a_duplicate() {
        InMemoryTransport transport = new InMemoryTransport() {
            @Override
            public CompletionStage<?> send(long number) {
                if (number != 7) {
                    return super.send(number);
                }
                deadLettered.add(number);
                deadLettered.add(number);
                return ACKNOWLEDGED;
            }
        };
        ConservationReport report = check(transport).run();
        assertThat(report).isConserved();
        assertThatThrownBy(() -> assertThat(report).hasNoDuplicates())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("more than once in one place (1): 7");
    }

    @Test
    void duplicates_are_named_and_are_no_loss() {
        ConservationReport report = check(new InMemoryTransport() {
                    @Override
                    public CompletionStage<?> send(long number) {
                        if (number == 5) {
                            deadLettered.add(number);
                        }
                        if (number == 7) {
                            super.send(number);
                        }
                        return super.send(number);
                    }
                })
                .run();
        assertThat(report).isConserved();
        assertThatThrownBy(() -> assertThat(report).hasNoDuplicates())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("processed more than once (1): 7")
                .hasMessageContaining("in several places (1): 5");
    }

    @Test
    void a_number_that_nobody_sent_is_a_mistake() {
        InMemoryTransport transport = new InMemoryTransport();
        transport.parked.add(1001);
        ConservationReport report = check(transport).run();
        assertThatThrownBy(() -> assertThat(report).isConserved())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("never sent, and yet there (1): 1001");
    }

    @Test
    void messages_that_are_processed_late_are_waited_for() {
        ConservationReport report = check(new InMemoryTransport() {
                    @Override
                    public CompletionStage<?> send(long number) {
                        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
                                .execute(() -> super.send(number));
                        return ACKNOWLEDGED;
                    }
                })
                .run();
        assertThat(report).isConserved();
    }

    @Test
    void consumers_are_stopped_before_the_rest_is_counted() {
        InMemoryTransport transport = new InMemoryTransport() {
            @Override
            public CompletionStage<?> send(long number) {
                return number == 1000 ? ACKNOWLEDGED : super.send(number);
            }
        };
        ConservationReport report = check(transport)
                .stopConsumers(() -> transport.remaining.add(1000))
                .run();
        assertThat(report).isConserved();
    }

    @Test
    void a_broker_that_confirms_nothing_stops_the_sending() {
        ConservationReport report = check(new InMemoryTransport() {
                    @Override
                    public CompletionStage<?> send(long number) {
                        return number < 100 ? super.send(number) : new CompletableFuture<>();
                    }
                })
                .mostUnconfirmed(10)
                .settleWithin(SHORT, SHORT)
                .run();
        assertThat(report.isConserved()).isFalse();
        assertThat(report.toString()).contains("Only 109 of 1000 messages were sent");
    }

    @Test
    void each_disruption_happens_once_and_ends_before_the_next_begins() {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        ConservationReport report = check(new InMemoryTransport())
                .disrupt(logging("kill", events), logging("cut", events))
                .disruptAt(1, Duration.ZERO, logging("first", events))
                .lasting(Duration.ZERO, Duration.ofMillis(10))
                .run();
        assertThat(events).startsWith("first", "end of first").hasSize(6).contains("kill", "cut");
        assertThat(report.disruptions())
                .extracting(Disrupted::atMessage)
                .allMatch(message -> message < 1000)
                .isSorted();
        for (int i = 0; i < 6; i += 2) {
            assertThat(events.get(i + 1)).isEqualTo("end of " + events.get(i));
        }
        assertThat(report).wasDisrupted(3);
        assertThat(report.toString()).containsPattern("at message \\d+: kill, from \\d\\.\\d{3} s to \\d\\.\\d{3} s");
    }

    @Test
    void a_disruption_that_fails_is_undone_and_proves_nothing() {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        Disruption broken = Disruption.of(
                "broken",
                () -> {
                    throw new UnsupportedOperationException("PAUSE");
                },
                () -> events.add("undone"));
        Conservation check = check(new InMemoryTransport()).disrupt(broken).seed(42);
        assertThatThrownBy(check::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("seed 42")
                .hasRootCauseMessage("PAUSE");
        assertThat(events).containsExactly("undone");
    }

    @Test
    void a_disruption_that_can_neither_be_begun_nor_ended_tells_why_it_did_not_begin() {
        Disruption broken = Disruption.of(
                "broken",
                () -> {
                    throw new IllegalStateException("no container");
                },
                () -> {
                    throw new IllegalStateException("it is not paused");
                });
        Conservation check = check(new InMemoryTransport()).disrupt(broken);
        assertThatThrownBy(check::run)
                .hasRootCauseMessage("no container")
                .rootCause()
                .hasSuppressedException(new IllegalStateException("it is not paused"));
    }

    @Test
    void impossible_values_are_refused() {
        Conservation check = check(new InMemoryTransport());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.messages(0))
                .withMessage("messages is 0: it must be at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> check.lasting(SHORT, Duration.ZERO));
    }

    private static Conservation check(Transport transport) {
        return Conservation.of(transport)
                .messages(1000)
                .ratePerSecond(100_000)
                .settleWithin(Duration.ofSeconds(2), SHORT);
    }

    private static Disruption logging(String name, List<String> events) {
        return Disruption.of(name, () -> events.add(name), () -> events.add("end of " + name));
    }
}

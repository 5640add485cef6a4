package io.github.resiliencestarter.benchmarks.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/performance.md says of the simulation. */
class OverloadTests {

    private static final Model MODEL = Model.standard();
    private static final int OVERLOAD_END = (int) MODEL.overloadEnd().toSeconds();
    private static final int END = (int) MODEL.end().toSeconds();

    private static Comparison comparison = new Comparison(java.util.Map.of());

    @BeforeAll
    static void simulate() {
        comparison = Comparison.of(MODEL, List.of(4L, 5L));
    }

    @ParameterizedTest
    @EnumSource
    void before_the_overload_every_policy_answers_nearly_all_calls(Policy policy) {
        assertThat(comparison.runsOf(policy))
                .allSatisfy(
                        run -> assertThat(run.goodput(0, (int) MODEL.before().toSeconds()))
                                .isGreaterThan(0.98));
    }

    @Test
    void plain_retries_stay_down_under_a_load_that_they_carried_before() {
        assertThat(comparison.runsOf(Policy.RETRIES)).allSatisfy(run -> {
            assertThat(run.recovery()).isEmpty();
            assertThat(run.goodput(OVERLOAD_END, END)).isLessThan(0.05);
            assertThat(run.counts().calls(END - 10, END)).isCloseTo(run.counts().calls(0, 10), within5Percent(run));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_RETRIES", "BREAKER", "BUDGET", "BREAKER_AND_BUDGET"})
    void all_others_recover(Policy policy) {
        assertThat(comparison.runsOf(policy)).allSatisfy(run -> {
            assertThat(run.recovery().orElse(END)).isBetween(1, 15);
            assertThat(run.goodput(END - 10, END)).isGreaterThan(0.98);
        });
    }

    @Test
    void ours_sends_the_server_less_than_anybody_else() {
        for (Run ours : comparison.runsOf(Policy.BREAKER_AND_BUDGET)) {
            assertThat(comparison.bySeed().values())
                    .filteredOn(runs -> runs.contains(ours))
                    .singleElement()
                    .satisfies(runs -> assertThat(runs)
                            .allSatisfy(other -> assertThat(other.counts().requests(0, END))
                                    .isGreaterThanOrEqualTo(ours.counts().requests(0, END))));
        }
    }

    @Test
    void every_policy_meets_the_same_calls() {
        comparison
                .bySeed()
                .values()
                .forEach(runs -> assertThat(runs)
                        .map(run -> callsOfEachSecond(run.counts()))
                        .containsOnly(callsOfEachSecond(runs.get(0).counts())));
    }

    @Test
    void without_an_overload_plain_retries_never_fail() {
        Model calm = new Model(
                MODEL.clients(),
                MODEL.instances(),
                MODEL.workers(),
                MODEL.service(),
                MODEL.queue(),
                MODEL.latency(),
                MODEL.timeout(),
                MODEL.normal(),
                MODEL.normal(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5));

        Run run = Run.of(calm, Policy.RETRIES, 4);

        assertThat(run.goodput(0, 29)).isGreaterThan(0.98);
        assertThat(run.recovery()).isEqualTo(OptionalInt.of(0));
    }

    @Test
    void a_server_that_rejects_early_keeps_plain_retries_from_lasting_harm() {
        Model shedding = MODEL.with(MODEL.instances(), 1_000, MODEL.overload());

        assertThat(Run.of(shedding, Policy.RETRIES, 4).recovery().orElse(END)).isLessThan(5);
    }

    @Test
    void a_seed_is_a_run() {
        Model shorter = MODEL.with(MODEL.instances(), MODEL.queue(), Duration.ofSeconds(5));

        String first = Tables.goodput(List.of(Run.of(shorter, Policy.BREAKER_AND_BUDGET, 7)));

        assertThat(Tables.goodput(List.of(Run.of(shorter, Policy.BREAKER_AND_BUDGET, 7))))
                .isEqualTo(first);
        assertThat(Tables.goodput(List.of(Run.of(shorter, Policy.BREAKER_AND_BUDGET, 8))))
                .isNotEqualTo(first);
    }

    @Test
    void tables_and_chart_say_who_recovered() {
        assertThat(Tables.summary(comparison))
                .containsPattern("\\| retries \\|.*\\| \\*\\*not within 70 s\\*\\* \\|")
                .containsPattern("\\| retries, breaker, budget \\|.* \\d+( to \\d+)? s \\|");
        assertThat(Chart.of(comparison.runsOf(4)))
                .startsWith("<svg")
                .contains("retries: not recovered", "retries, breaker, budget: recovered");
    }

    private static org.assertj.core.data.Offset<Integer> within5Percent(Run run) {
        return org.assertj.core.data.Offset.offset(run.counts().calls(0, 10) / 20);
    }

    private static List<Integer> callsOfEachSecond(Counts counts) {
        return IntStream.range(0, counts.seconds())
                .mapToObj(second -> counts.calls(second, second + 1))
                .toList();
    }
}

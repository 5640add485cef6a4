package io.github.resiliencestarter.call.outcome;

import static io.github.resiliencestarter.TestCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.Verdict;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What real clients throw, and what that says. */
class HttpOutcomesIntegrationTests {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final Outcomes outcomes = new Outcomes(
            List.of(new ConnectionOutcomes(), new RestClientOutcomes(CLOCK), new WebClientOutcomes(CLOCK)));
    private final HttpRemote remote = new HttpRemote();

    @AfterEach
    void close() throws Exception {
        remote.close();
    }

    private Verdict verdict(HttpClients client, URI uri) {
        return outcomes.of(fails(() -> client.post(uri)));
    }

    /** By a client that blocks, and by one that does not. HttpURLConnection would answer a 401 to a POST itself. */
    private void assertVerdict(URI uri, Verdict expected) {
        assertThat(verdict(HttpClients.REST_CLIENT_JDK, uri)).isEqualTo(expected);
        assertThat(verdict(HttpClients.WEB_CLIENT, uri)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_is_refused_was_never_sent(HttpClients client) throws IOException {
        assertThat(verdict(client, remote.refusing())).isEqualTo(Verdict.neverSent());
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_is_not_made_in_time_was_never_sent(HttpClients client) throws IOException {
        assertThat(verdict(client, remote.full())).isEqualTo(Verdict.neverSent());
    }

    @ParameterizedTest
    @EnumSource
    void a_host_that_nobody_knows_was_never_sent_to(HttpClients client) {
        assertThat(verdict(client, URI.create("http://gateway.invalid/"))).isEqualTo(Verdict.neverSent());
    }

    @ParameterizedTest
    @EnumSource
    void a_server_that_shows_no_certificate_was_never_sent_to(HttpClients client) throws Exception {
        assertThat(verdict(client, remote.withoutCertificate())).isEqualTo(Verdict.neverSent());
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_that_does_not_come_in_time_is_unknown(HttpClients client) throws IOException {
        assertThat(verdict(client, remote.silent())).isEqualTo(Verdict.unknown());
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_breaks_before_the_answer_is_unknown(HttpClients client) throws IOException {
        assertThat(verdict(client, remote.resetting())).isEqualTo(Verdict.unknown());
    }

    /** HttpURLConnection may take half an answer for a whole one. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"REST_CLIENT_SIMPLE", "REST_TEMPLATE"})
    void a_connection_that_breaks_in_the_answer_is_unknown(HttpClients client) throws IOException {
        assertThat(verdict(client, remote.resettingInTheAnswer())).isEqualTo(Verdict.unknown());
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED, false", "401, REJECTED, false", "402, REJECTED, false", "403, REJECTED, false",
        "404, REJECTED, false", "405, REJECTED, false", "409, REJECTED, false", "410, REJECTED, false",
        "412, REJECTED, false", "413, REJECTED, false", "415, REJECTED, false", "422, REJECTED, false",
        "408, UNKNOWN, true", "421, REJECTED, true", "425, REJECTED, true", "429, REJECTED, true",
        "500, UNKNOWN, true", "501, REJECTED, false", "502, UNKNOWN, true", "503, REJECTED, true",
        "504, UNKNOWN, true", "505, REJECTED, false", "507, UNKNOWN, true", "511, REJECTED, false",
        "599, UNKNOWN, true"
    })
    void a_status_says_what_the_remote_has_done(int status, CallOutcome outcome, boolean retryable) {
        assertVerdict(remote.answering(status, ""), new Verdict(outcome, retryable, null));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "JDK")
    void each_client_of_spring_is_understood(HttpClients client) {
        assertThat(verdict(client, remote.answering(404, ""))).isEqualTo(Verdict.rejected());
        assertThat(verdict(client, remote.answering(503, ""))).isEqualTo(Verdict.notNow());
        assertThat(verdict(client, remote.answering(500, ""))).isEqualTo(Verdict.unknown());
    }

    @ParameterizedTest
    @CsvSource({"429, 7", "503, 7", "429, 'Thu, 01 Jan 2026 00:00:07 GMT'", "503, 'Thu, 01 Jan 2026 00:00:07 GMT'"})
    void the_remote_says_how_long_to_wait(int status, String retryAfter) {
        assertVerdict(remote.answering(status, "", "Retry-After", retryAfter), Verdict.notNow(Duration.ofSeconds(7)));
    }

    @Test
    void a_proxy_whose_upstream_broke_off_is_not_taken_for_a_remote_that_did_nothing() {
        String broken = "upstream connect error or disconnect/reset before headers. reset reason: ";
        assertVerdict(remote.answering(503, broken + "connection termination"), Verdict.unknown());
        assertVerdict(remote.answering(503, broken + "connection failure"), Verdict.notNow());
        assertVerdict(remote.answering(503, broken + "overflow"), Verdict.notNow());
    }
}

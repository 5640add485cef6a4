package io.github.resiliencestarter.operations.messages;

import static io.github.resiliencestarter.messaging.SampleLetters.letter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.ReplayStore;
import io.github.resiliencestarter.operations.WebHost;
import io.github.resiliencestarter.operations.WebHost.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.SecurityContext;

/** What it does where the host has unlocked it. */
@TestInstance(Lifecycle.PER_CLASS)
class DeadLettersEndpointWritesTests {

    private WebHost host;
    private DeadLetterStore store;
    private LetterHost.Listener listener;
    private long offset = 100;
    private DeadLetter letter;

    @BeforeAll
    void start() {
        host = LetterHost.start(
                "writing",
                "management.endpoint.deadletters.access=unrestricted",
                "resilience.dead-letters.show-payload=always");
        store = host.bean(DeadLetterStore.class);
        listener = host.bean(LetterHost.Listener.class);
    }

    @AfterAll
    void stop() {
        host.close();
    }

    @BeforeEach
    void parkOne() {
        store.find(LetterFilter.ALL.withStatus(LetterStatus.OPEN), null, 100)
                .forEach(open -> store.discard(open.id(), "test", "over"));
        listener.replayed.clear();
        letter = letter("orders", offset++);
        store.park(letter);
    }

    @Test
    void a_group_is_replayed_at_once_and_its_progress_is_shown() {
        Answer answer = host.post(
                "deadletters/replays",
                "{\"source\": \"orders\", \"perSecond\": 0, \"canary\": false, \"reason\": \"stock is back\"}");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().get("requestedBy").asText()).isEqualTo("anonymous");
        String id = answer.body().get("id").asText();

        await().untilAsserted(
                        () -> assertThat(progress(id).get("status").asText()).isEqualTo("COMPLETED"));
        assertThat(progress(id).get("sent").asInt()).isEqualTo(1);
        assertThat(progress(id).get("resolved").asInt()).isEqualTo(1);
        assertThat(progress(id).at("/request/source").asText()).isEqualTo("orders");
        assertThat(listener.replayed).extracting(DeadLetter::id).containsExactly(letter.id());
        assertThat(host.get("deadletters/replays").body().at("/replays/0/id").asText())
                .isEqualTo(id);
    }

    @Test
    void a_dry_run_tells_how_many_and_sends_nothing() {
        Answer answer = host.post("deadletters/replays", "{\"all\": true, \"perSecond\": 0.5, \"dryRun\": true}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("letters").asInt()).isEqualTo(1);
        assertThat(answer.body().get("estimatedSeconds").asInt()).isEqualTo(2);
        assertThat(answer.body().at("/groups/0/source").asText()).isEqualTo("orders");
        assertThat(listener.replayed).isEmpty();
    }

    @Test
    void one_letter_is_replayed() {
        Answer answer = change("{\"action\": \"replay\"}");
        assertThat(answer.status()).isEqualTo(200);
        await().untilAsserted(() ->
                assertThat(store.find(letter.id()).orElseThrow().status()).isEqualTo(LetterStatus.RESOLVED));
        assertThat(change("{\"action\": \"replay\"}").status()).isEqualTo(409);
    }

    @Test
    void a_running_replay_is_cancelled_once() {
        store.park(letter("orders", offset++));
        String id = host.post(
                        "deadletters/replays",
                        "{\"fingerprint\": \"" + letter.failure().fingerprint()
                                + "\", \"perSecond\": \"0.001\", \"canary\": \"false\"}")
                .body()
                .get("id")
                .asText();
        assertThat(host.get("deadletters").body().at("/replays/0/id").asText()).isEqualTo(id);
        Answer cancelled = host.delete("deadletters/replays/" + id);
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.body().get("status").asText()).isEqualTo("CANCELLED");
        Answer again = host.delete("deadletters/replays/" + id);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().get("error").asText()).contains("is CANCELLED");
        assertThat(host.delete("deadletters/replays/nobody").status()).isEqualTo(404);
    }

    @Test
    void a_letter_is_discarded_and_opened_again_with_an_audit() {
        assertThat(change("{\"action\": \"discard\", \"reason\": \"test order\"}")
                        .body()
                        .get("status")
                        .asText())
                .isEqualTo("DISCARDED");
        assertThat(change("{\"action\": \"discard\", \"reason\": \"test order\"}")
                        .status())
                .isEqualTo(409);
        JsonNode open = change("{\"action\": \"reopen\"}").body();
        assertThat(open.get("status").asText()).isEqualTo("OPEN");
        assertThat(open.get("actions")).hasSize(2);
    }

    @Test
    void an_edited_letter_is_replayed_with_its_new_payload() {
        JsonNode edited = change("{\"action\": \"edit\", \"payload\": \"put right é\", \"reason\": \"typo\"}")
                .body();
        assertThat(edited.at("/payload/text").asText()).isEqualTo("put right é");
        assertThat(edited.at("/actions/0/action").asText()).isEqualTo("edited");

        JsonNode binary = change("{\"action\": \"edit\", \"payloadBase64\": \"/w==\", \"reason\": \"binary\"}")
                .body();
        assertThat(binary.at("/payload/base64").asText()).isEqualTo("/w==");
        change("{\"action\": \"replay\"}");
        await().untilAsserted(() -> assertThat(listener.replayed)
                .singleElement()
                .satisfies(sent -> assertThat(sent.payload()).containsExactly(0xff)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | letter, source, group or fingerprint is missing: say what to replay, or all: true for all",
                "{\"all\": \"perhaps\"} | all is 'perhaps': use true or false",
                "{\"all\": true, \"perSecond\": -1} | perSecond is '-1.0': use a number such as 50, or 0 for no limit",
                "{\"all\": true, \"perSecond\": \"fast\"} | perSecond is 'fast': use a number such as 50",
                "{\"all\": true, \"maxReplays\": 0} | maxReplays is '0': use 1 or more",
                "{\"all\": true, \"maxReplays\": 1.5} | maxReplays is '1.5': use a whole number such as 3",
                "{\"all\": true, \"canary\": \"yes\"} | canary is 'yes': use true or false"
            })
    void a_replay_that_cannot_be_read_says_why(String body, String error) {
        Answer answer = host.post("deadletters/replays", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error").asText()).isEqualTo(error);
        assertThat(listener.replayed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | action is missing: use one of replay, discard, reopen, edit",
                "{\"action\": \"burn\"} | action is 'burn': use one of replay, discard, reopen, edit",
                "{\"action\": \"discard\"} | reason is missing: say why, for those who look at it later",
                "{\"action\": \"discard\", \"reason\": \" \"} | reason is missing: say why, for those who look at it later",
                "{\"action\": \"edit\", \"reason\": \"x\"} | payload is missing: give the new payload as text in payload, or as Base64 in payloadBase64",
                "{\"action\": \"edit\", \"reason\": \"x\", \"payloadBase64\": \"?\"} | payloadBase64 is '...': this is no Base64"
            })
    void a_change_that_cannot_be_read_says_why(String body, String error) {
        Answer answer = change(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error").asText()).isEqualTo(error);
    }

    @Test
    void what_is_too_long_to_be_kept_says_so() {
        String reason = "x".repeat(100_000);
        for (String action : List.of("discard", "replay")) {
            Answer answer = change("{\"action\": \"" + action + "\", \"reason\": \"" + reason + "\"}");
            assertThat(answer.status()).as(action).isEqualTo(400);
            assertThat(answer.body().get("error").asText()).hasSizeLessThan(500).contains("reason", "at most");
        }
        Answer answer = host.post("deadletters/replays", "{\"source\": \"" + "x".repeat(300) + "\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error").asText()).contains("source", "at most 255");
        answer = host.post("deadletters/replays", "{\"fingerprint\": \"" + "x".repeat(100) + "\"}");
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void a_name_that_is_longer_than_its_column_keeps_nobody_from_acting() {
        SecurityContext security = mock(SecurityContext.class);
        when(security.getPrincipal()).thenReturn(() -> "x".repeat(300));
        DeadLettersEndpoint endpoint = host.bean(DeadLettersEndpoint.class);

        endpoint.change(security, "letters", letter.id(), "discard", "test order", null, null);

        assertThat(store.actions(letter.id()))
                .singleElement()
                .satisfies(action -> assertThat(action.by()).hasSize(255));
    }

    @Test
    void a_character_that_a_database_cannot_keep_is_refused() {
        Answer answer = change("{\"action\": \"discard\", \"reason\": \"a\\u0000b\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error").asText()).isEqualTo("reason is 'a?b': leave out the character U+0000");
        assertThat(host.get("deadletters/letters?source=%00").status()).isEqualTo(400);
    }

    @Test
    void a_replay_that_is_running_is_shown_however_many_have_been_asked_for_since() {
        String id = host.post(
                        "deadletters/replays", "{\"source\": \"orders\", \"perSecond\": 0.001, \"canary\": false}")
                .body()
                .get("id")
                .asText();
        ReplayStore replays = host.bean(ReplayStore.class);
        ReplayRequest nothing = new ReplayRequest(LetterFilter.ofSource("x"), null, 0, false, 3, "alice", null);
        for (int i = 0; i < 30; i++) {
            replays.create(id + i, nothing);
            replays.cancel(id + i, "alice");
        }

        assertThat(host.get("deadletters").body().at("/replays/0/id").asText()).isEqualTo(id);
        host.delete("deadletters/replays/" + id);
    }

    @Test
    void an_empty_body_is_a_bad_request_and_not_a_replay_of_everything() {
        assertThat(host.post("deadletters/replays", "").status()).isEqualTo(400);
        assertThat(host.post("deadletters/replays", "null").status()).isEqualTo(400);
        await().during(Duration.ofMillis(200)).until(listener.replayed::isEmpty);
    }

    private Answer change(String body) {
        return host.post("deadletters/letters/" + letter.id(), body);
    }

    private JsonNode progress(String id) {
        return host.get("deadletters/replays/" + id).body();
    }
}

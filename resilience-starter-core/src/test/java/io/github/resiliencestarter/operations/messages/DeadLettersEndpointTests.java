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
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.SecurityContext;

class DeadLettersEndpointTests {

    private static final String EXPOSED = "management.endpoints.web.exposure.include=deadletters,health";
    private static final String WRITABLE = "management.endpoint.deadletters.access=unrestricted";

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Reading {

        private WebHost host;
        private DeadLetter first;

        @BeforeAll
        void start() {
            host = host("reading");
            DeadLetterStore store = host.bean(DeadLetterStore.class);
            first = letter("orders", 1);
            store.park(first);
            store.park(letter("orders", 2));
            store.park(letter("orders", 3, new IOException("no answer"), 0, null));
            store.park(letter("invoices", 4));
            store.discard(letter("invoices", 4).id(), "alice", "test invoice");
        }

        @AfterAll
        void stop() {
            host.close();
        }

        @Test
        void letters_are_grouped_by_cause_with_counts_and_times() {
            JsonNode body = host.get("deadletters").body();
            assertThat(body.at("/letters/open").asInt()).isEqualTo(3);
            assertThat(body.at("/letters/discarded").asInt()).isEqualTo(1);
            assertThat(body.get("groups")).hasSize(3);
            JsonNode largest = body.at("/groups/0");
            assertThat(largest.get("source").asText()).isEqualTo("orders");
            assertThat(largest.get("fingerprint").asText())
                    .isEqualTo(first.failure().fingerprint());
            assertThat(largest.get("exception").asText()).isEqualTo(IllegalStateException.class.getName());
            assertThat(largest.at("/letters/open").asInt()).isEqualTo(2);
            assertThat(largest.get("firstFailedAt").asText()).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(largest.get("lastFailedAt").asText()).isEqualTo("2026-01-01T00:01:00Z");
            assertThat(body.get("oldestOpenSeconds").asLong()).isGreaterThanOrEqualTo(0);
            assertThat(body.get("replays")).isEmpty();
        }

        @Test
        void letters_are_listed_by_filter_and_page_by_page() {
            JsonNode page =
                    host.get("deadletters/letters?source=orders&limit=2").body();
            assertThat(page.get("letters")).hasSize(2);
            String next = page.get("next").asText();
            assertThat(next).isEqualTo(letter("orders", 2).id());
            JsonNode rest = host.get("deadletters/letters?source=orders&limit=2&after=" + next)
                    .body();
            assertThat(rest.get("letters")).hasSize(1);
            assertThat(rest.has("next")).isFalse();

            assertThat(ids("status=discarded"))
                    .containsExactly(letter("invoices", 4).id());
            assertThat(ids("fingerprint=" + first.failure().fingerprint() + "&source=orders"))
                    .hasSize(2);
            assertThat(ids("group=billing")).hasSize(4);
            assertThat(ids("group=nobody")).isEmpty();
        }

        @Test
        void one_letter_has_everything_but_what_it_says() {
            Answer answer = host.get("deadletters/letters/" + first.id());
            JsonNode body = answer.body();
            assertThat(body.at("/place/topic").asText()).isEqualTo("orders");
            assertThat(body.at("/place/offset").asLong()).isEqualTo(1);
            assertThat(body.at("/stackTrace").asText()).contains("IllegalStateException");
            assertThat(body.at("/payload/bytes").asInt()).isEqualTo("payload 1".length());
            assertThat(body.at("/payload/sha256").asText()).hasSize(12);
            assertThat(body.at("/headers/0/name").asText()).isEqualTo("authorization");
            assertThat(body.toString()).doesNotContain("payload 1", "secret");
        }

        @Test
        void the_audit_of_a_letter_is_shown() {
            JsonNode body = host.get(
                            "deadletters/letters/" + letter("invoices", 4).id())
                    .body();
            assertThat(body.at("/actions/0/action").asText()).isEqualTo("discarded");
            assertThat(body.at("/actions/0/by").asText()).isEqualTo("alice");
            assertThat(body.at("/actions/0/reason").asText()).isEqualTo("test invoice");
        }

        @Test
        void writing_is_refused() {
            assertThat(host.post("deadletters/replays", "{\"all\": true}").status())
                    .isEqualTo(405);
            assertThat(host.post("deadletters/letters/" + first.id(), "{\"action\": \"discard\", \"reason\": \"x\"}")
                            .status())
                    .isEqualTo(405);
            assertThat(host.delete("deadletters/replays/x").status()).isEqualTo(405);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "letters?limit=0 | 400 | limit is '0': use a whole number from 1 to 500",
                    "letters?limit=many | 400 | limit is 'many': use a whole number such as 3",
                    "letters?status=lost | 400 | status is 'lost': use one of open, replayed, resolved, discarded",
                    "letters?after=nobody | 400 | after is 'nobody': there is no such letter; use the id that was in next",
                    "letters/nobody | 404 | There is no letter 'nobody'",
                    "replays/nobody | 404 | There is no replay 'nobody'",
                    "leters | 404 | There is nothing at 'leters': use letters or replays"
                })
        void what_cannot_be_answered_says_why(String path, int status, String error) {
            Answer answer = host.get("deadletters/" + path);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body().get("error").asText()).isEqualTo(error);
        }

        private List<String> ids(String query) {
            List<String> ids = new ArrayList<>();
            host.get("deadletters/letters?" + query)
                    .body()
                    .get("letters")
                    .forEach(each -> ids.add(each.get("id").asText()));
            return ids;
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Writing {

        private WebHost host;
        private DeadLetterStore store;
        private LetterHost.Listener listener;
        private long offset = 100;
        private DeadLetter letter;

        @BeforeAll
        void start() {
            host = host("writing", WRITABLE, "resilience.dead-letters.show-payload=always");
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

            await().untilAsserted(() ->
                    assertThat(progress(id).get("status").asText()).isEqualTo("COMPLETED"));
            assertThat(progress(id).get("sent").asInt()).isEqualTo(1);
            assertThat(progress(id).get("resolved").asInt()).isEqualTo(1);
            assertThat(progress(id).at("/request/source").asText()).isEqualTo("orders");
            assertThat(listener.replayed).extracting(DeadLetter::id).containsExactly(letter.id());
            assertThat(host.get("deadletters/replays")
                            .body()
                            .at("/replays/0/id")
                            .asText())
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
            assertThat(host.get("deadletters").body().at("/replays/0/id").asText())
                    .isEqualTo(id);
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
                assertThat(answer.body().get("error").asText())
                        .hasSizeLessThan(500)
                        .contains("reason", "at most");
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
            assertThat(answer.body().get("error").asText())
                    .isEqualTo("reason is 'a?b': leave out the character U+0000");
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

            assertThat(host.get("deadletters").body().at("/replays/0/id").asText())
                    .isEqualTo(id);
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

    /** Each with a database of its own. */
    private static WebHost host(String database, String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        all.add(EXPOSED);
        all.add("spring.datasource.url=jdbc:h2:mem:" + database);
        return new WebHost(List.of(LetterHost.class), all.toArray(String[]::new));
    }
}

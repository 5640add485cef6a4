package io.github.resiliencestarter.operations.messages;

import static io.github.resiliencestarter.messaging.SampleLetters.letter;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.operations.WebHost;
import io.github.resiliencestarter.operations.WebHost.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What everybody may ask. */
@TestInstance(Lifecycle.PER_CLASS)
class DeadLettersEndpointTests {

    private WebHost host;
    private DeadLetter first;

    @BeforeAll
    void start() {
        host = LetterHost.start("reading");
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
        JsonNode page = host.get("deadletters/letters?source=orders&limit=2").body();
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
        JsonNode body =
                host.get("deadletters/letters/" + letter("invoices", 4).id()).body();
        assertThat(body.at("/actions/0/action").asText()).isEqualTo("discarded");
        assertThat(body.at("/actions/0/by").asText()).isEqualTo("alice");
        assertThat(body.at("/actions/0/reason").asText()).isEqualTo("test invoice");
    }

    @Test
    void writing_is_refused() {
        assertThat(host.post("deadletters/replays", "{\"all\": true}").status()).isEqualTo(405);
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

package io.github.resiliencestarter.samples.orders.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** Somebody on call, who has nothing but the endpoint {@code deadletters}. */
final class LetterDesk {

    private final RestClient endpoint;

    LetterDesk(int port) {
        this.endpoint = RestClient.create("http://localhost:" + port + "/actuator/deadletters");
    }

    /** Letters that failed for the same cause. */
    record Group(String fingerprint, String exception, long open) {}

    /** What a replay has come to. */
    record Progress(String status, long sent, long resolved, long failedAgain) {}

    List<Group> openGroups() {
        return StreamSupport.stream(get("").path("groups").spliterator(), false)
                .map(group -> new Group(
                        group.path("fingerprint").asText(),
                        group.path("exception").asText(),
                        group.path("letters").path("open").asLong()))
                .filter(group -> group.open() > 0)
                .toList();
    }

    /** With a canary: 1, 2, 5 and 20 letters first, and no more if one of them fails again. */
    String replay(Group group, String reason) {
        JsonNode replay = endpoint.post()
                .uri("/replays")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("fingerprint", group.fingerprint(), "canary", "true", "reason", reason))
                .retrieve()
                .body(JsonNode.class);
        return Objects.requireNonNull(replay).path("id").asText();
    }

    Progress progress(String replay) {
        JsonNode progress = get("/replays/" + replay);
        return new Progress(
                progress.path("status").asText(),
                progress.path("sent").asLong(),
                progress.path("resolved").asLong(),
                progress.path("failedAgain").asLong());
    }

    private JsonNode get(String path) {
        return Objects.requireNonNull(endpoint.get().uri(path).retrieve().body(JsonNode.class));
    }
}

package io.github.resiliencestarter.call.outcome;

import io.github.resiliencestarter.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClientResponseException;

/**
 * {@code RestClient} and {@code RestTemplate}, where the remote has answered. Where it has not, their {@code
 * ResourceAccessException} has the cause that {@link ConnectionOutcomes} knows, or does not.
 */
public final class RestClientOutcomes implements CatalogueClassifier {

    private final StatusVerdicts statuses;

    /** @param clock what time it is for a date in Retry-After */
    public RestClientOutcomes(Clock clock) {
        this.statuses = new StatusVerdicts(clock);
    }

    @Override
    public @Nullable Verdict classify(Throwable failure) {
        if (!(failure instanceof RestClientResponseException response)) {
            return null;
        }
        HttpHeaders headers = response.getResponseHeaders();
        return statuses.of(
                response.getStatusCode().value(),
                headers == null ? null : headers.getFirst(HttpHeaders.RETRY_AFTER),
                new String(response.getResponseBodyAsByteArray(), StandardCharsets.ISO_8859_1));
    }
}

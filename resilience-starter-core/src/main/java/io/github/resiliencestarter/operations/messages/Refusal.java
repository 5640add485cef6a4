package io.github.resiliencestarter.operations.messages;

import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** A request that is not carried out: its status, and what the operator is told. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int CONFLICT = 409;

    private final int status;

    private Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** @param remedy what may be given instead */
    static Refusal bad(String parameter, Object value, String remedy) {
        return new Refusal(WebEndpointResponse.STATUS_BAD_REQUEST, parameter + " is '" + value + "': " + remedy);
    }

    static Refusal missing(String parameter, String remedy) {
        return new Refusal(WebEndpointResponse.STATUS_BAD_REQUEST, parameter + " is missing: " + remedy);
    }

    static Refusal unknown(String what, String id) {
        return new Refusal(WebEndpointResponse.STATUS_NOT_FOUND, "There is no " + what + " '" + id + "'");
    }

    static Refusal unknownPath(String path, List<String> known) {
        return new Refusal(
                WebEndpointResponse.STATUS_NOT_FOUND,
                "There is nothing at '" + path + "': use " + String.join(" or ", known));
    }

    static Refusal conflict(String message) {
        return new Refusal(CONFLICT, message);
    }

    WebEndpointResponse<Map<String, Object>> response() {
        return new WebEndpointResponse<>(Map.of("error", String.valueOf(getMessage())), status);
    }
}

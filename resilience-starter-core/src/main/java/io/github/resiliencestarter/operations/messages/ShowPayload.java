package io.github.resiliencestarter.operations.messages;

/** What the endpoint shows of what belongs to the application: payloads, keys, and the values of headers. */
public enum ShowPayload {
    /** Their size, and the beginning of a digest by which two are known to be the same. */
    NEVER,
    /** What they say: text where it is UTF-8, otherwise Base64. */
    ALWAYS
}

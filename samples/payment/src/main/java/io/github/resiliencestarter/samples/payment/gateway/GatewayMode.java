package io.github.resiliencestarter.samples.payment.gateway;

/** How the gateway behaves; it can be switched while it runs. */
public enum GatewayMode {
    /** Every payment is accepted after 100 to 500 ms. */
    HEALTHY,
    /** After 100 to 500 ms, 60 % are accepted; the others get HTTP 503 or a dropped connection. */
    FLAKY,
    /** After 100 to 500 ms every payment is charged, but for 30 % the answer is lost: a closed connection, or silence. */
    FORGETFUL,
    /** No answer for 30 s. */
    SLOW,
    /** Nobody listens: the connection is refused. */
    DOWN
}

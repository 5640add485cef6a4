package io.github.resiliencestarter.test.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of servers, under the names that properties use. */
enum Kind {
    KAFKA,
    RABBIT,
    POSTGRES,
    MARIADB,
    REDIS;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String keys() {
        return Arrays.stream(values()).map(Kind::key).collect(Collectors.joining(", "));
    }
}

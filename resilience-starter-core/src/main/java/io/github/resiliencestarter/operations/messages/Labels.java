package io.github.resiliencestarter.operations.messages;

import java.util.Locale;

/** Constants as people and meters read them. */
final class Labels {

    private Labels() {}

    /** Such as {@code open-circuit}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

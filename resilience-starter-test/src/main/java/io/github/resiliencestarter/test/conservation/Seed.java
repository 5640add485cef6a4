package io.github.resiliencestarter.test.conservation;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The seed that the user wants, by system property or environment variable; the property wins. */
final class Seed {

    private static final long MOST = 1_000_000;

    private Seed() {}

    /**
     * Another one each time unless one is chosen.
     *
     * @throws IllegalArgumentException if what is chosen is no number: another run than the one asked for would repeat nothing
     */
    static long chosen(UnaryOperator<@Nullable String> property, UnaryOperator<@Nullable String> variable) {
        String name = "-D" + Conservation.SEED;
        String value = property.apply(Conservation.SEED);
        if (value == null || value.isBlank()) { // build tools pass on an unset variable as an empty one
            name = Conservation.SEED.replace('.', '_').toUpperCase(Locale.ROOT);
            value = variable.apply(name);
        }
        if (value == null || value.isBlank()) {
            return System.nanoTime() % MOST;
        }
        try {
            return Long.decode(value.strip());
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is no seed: write the number that the report names", notANumber);
        }
    }
}

package io.github.resiliencestarter.call.plan;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What somebody who mistyped a name probably meant. */
public final class Suggestion {

    private Suggestion() {}

    /** "Did you mean 'x'?" where one of the names is near enough, otherwise the other advice. */
    public static String didYouMean(String mistyped, Collection<String> names, String otherwise) {
        String nearest = nearest(mistyped, names);
        return nearest == null ? otherwise : "Did you mean '" + nearest + "'?";
    }

    /** The name that differs in the fewest characters, at most a third of them; null if there is none. */
    public static @Nullable String nearest(String mistyped, Collection<String> names) {
        String wanted = PropertyOrigins.uniform(mistyped);
        return names.stream()
                .filter(name -> distance(wanted, PropertyOrigins.uniform(name)) <= Math.max(1, wanted.length() / 3))
                .min(Comparator.comparingInt(name -> distance(wanted, PropertyOrigins.uniform(name))))
                .orElse(null);
    }

    /** Levenshtein's distance, by the two-row form of Wagner and Fischer's algorithm (1974). */
    static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] current = new int[other.length() + 1];
            current[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[other.length()];
    }
}

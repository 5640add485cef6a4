package io.github.resiliencestarter.call.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A key by its elements: one that was written, or one that there is, with the places for names that the user gives. */
record PropertyKey(List<String> elements) {

    /** The place of a name that the user gives. */
    static final String NAME = "*";
    /** The place of whatever follows. */
    static final String ANYTHING = "**";

    private static final Pattern ELEMENT = Pattern.compile("\\[[^]]*]|[^.\\[]+");

    static PropertyKey of(String name) {
        return new PropertyKey(
                ELEMENT.matcher(name).results().map(MatchResult::group).toList());
    }

    PropertyKey then(String element) {
        return new PropertyKey(
                Stream.concat(elements.stream(), Stream.of(element)).toList());
    }

    boolean isBelow(PropertyKey section) {
        return size() > section.size() && startsWith(section.elements, elements.subList(0, section.size()));
    }

    /** A section without a key, such as an empty {@code replay:}, says nothing and harms nothing. */
    boolean belongsTo(PropertyKey known) {
        boolean element = size() == known.size() + 1 && elements.get(size() - 1).matches("\\[\\d+]");
        return startsWith(known.elements, element ? elements.subList(0, size() - 1) : elements);
    }

    private static boolean startsWith(List<String> known, List<String> written) {
        for (int i = 0; i < written.size(); i++) {
            if (i == known.size()) {
                return false;
            }
            if (known.get(i).equals(ANYTHING)) {
                return true;
            }
            if (!known.get(i).equals(NAME) && !PropertyOrigins.same(known.get(i), written.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The name that was meant, where this is the known key but for dots in the name; otherwise null. */
    @Nullable
    String nameWithDots(PropertyKey known) {
        int at = known.elements.indexOf(NAME);
        int more = size() - known.size();
        if (at < 0 || more < 1) {
            return null;
        }
        List<String> joined = new ArrayList<>(elements.subList(0, at + 1));
        joined.addAll(elements.subList(at + 1 + more, size()));
        return new PropertyKey(joined).belongsTo(known) ? String.join(".", elements.subList(at, at + 1 + more)) : null;
    }

    /** This known key with the names that were written in their places. */
    PropertyKey withNamesOf(PropertyKey written) {
        List<String> named = new ArrayList<>(elements);
        for (int i = 0; i < Math.min(size(), written.size()); i++) {
            named.set(i, named.get(i).equals(NAME) ? written.elements.get(i) : named.get(i));
        }
        return new PropertyKey(named);
    }

    private int size() {
        return elements.size();
    }

    @Override
    public String toString() {
        return elements.stream()
                .map(element -> element.startsWith("[") ? element : "." + element)
                .collect(Collectors.joining())
                .substring(1);
    }
}

package io.github.resiliencestarter.messaging;

import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The headers of a message: in their order, a name any number of times. Immutable; equal by content. */
public record Headers(List<Header> all) implements Iterable<Header> {

    public static final Headers NONE = new Headers(List.of());

    public Headers {
        all = List.copyOf(all);
    }

    public static Headers of(Header... headers) {
        return new Headers(List.of(headers));
    }

    /** The first header of this name, which is the original where somebody appends. */
    public @Nullable Header first(String name) {
        for (Header header : all) {
            if (header.name().equals(name)) {
                return header;
            }
        }
        return null;
    }

    /** The text of the first header of this name. */
    public @Nullable String text(String name) {
        Header header = first(name);
        return header == null ? null : header.text();
    }

    public Headers without(Predicate<String> names) {
        return new Headers(
                all.stream().filter(header -> !names.test(header.name())).toList());
    }

    /** With this one in the place of all that have its name. */
    public Headers with(Header header) {
        return new Headers(Stream.concat(without(header.name()::equals).stream(), Stream.of(header))
                .toList());
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public Stream<Header> stream() {
        return all.stream();
    }

    @Override
    public Iterator<Header> iterator() {
        return all.iterator();
    }
}

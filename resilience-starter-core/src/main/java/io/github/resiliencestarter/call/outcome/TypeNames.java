package io.github.resiliencestarter.call.outcome;

import java.util.Set;

/** Types that may not be there, by their names. Immutable. */
record TypeNames(Set<String> names) {

    static TypeNames of(String... names) {
        return new TypeNames(Set.of(names));
    }

    /** Whether the class of the object, or one that it extends, is among them. */
    boolean include(Object object) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            if (names.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }
}

package io.github.resiliencestarter.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What two calls have in common that must get the same answer: the same object that is called, and equal arguments. Arrays, also
 * arrays of arrays, are compared by what is in them.
 *
 * <p>Arrays, lists, sets and maps are copied, for the method or its caller may change them. Whatever else can change after the
 * call is not found again, and does no harm but to take a place in the memory. Immutable as far as the arguments are.
 */
public final class CallKey {

    private final @Nullable Object target;
    private final @Nullable Object[] arguments;
    private final int hash;

    private CallKey(@Nullable Object target, @Nullable Object[] arguments) {
        this.target = target;
        this.arguments = arguments;
        this.hash = 31 * System.identityHashCode(target) + Arrays.deepHashCode(arguments);
    }

    /** @param target compared by identity: two beans of one class may ask different remotes */
    public static CallKey of(@Nullable Object target, @Nullable Object... arguments) {
        return new CallKey(target, copyOfAll(arguments));
    }

    private static @Nullable Object[] copyOfAll(@Nullable Object[] values) {
        @Nullable Object[] copies = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            copies[i] = copyOf(values[i]);
        }
        return copies;
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        if (value instanceof Object[] array) {
            return copyOfAll(array);
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        if (value instanceof Set<?> set) {
            return new HashSet<>(set);
        }
        if (value instanceof Map<?, ?> map) {
            return new HashMap<>(map);
        }
        return value != null && value.getClass().isArray() ? copyOfPrimitives(value) : value;
    }

    @SuppressWarnings("SuspiciousSystemArraycopy") // the copy is of the same type
    private static Object copyOfPrimitives(Object array) {
        int length = java.lang.reflect.Array.getLength(array);
        Object copy = java.lang.reflect.Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallKey key
                && hash == key.hash
                && target == key.target
                && Arrays.deepEquals(arguments, key.arguments);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "CallKey" + Arrays.deepToString(arguments);
    }
}

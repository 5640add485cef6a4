package io.github.resiliencestarter.call.aop;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The protected methods that have been called, by class and method. A proxy asks with the very same {@link Method} object each
 * time, so it is found by reference: {@code Method.equals} compares names and parameter types, and costs more than the rest.
 * An open-addressed hash table, at most half full, whose rows lie one behind the other in one array, so that reading follows
 * no more references than it must. It is copied when something is added; reading takes no lock and makes no object. It ends
 * to grow at some size, should a proxy ever come with a new {@code Method} for each call. Thread-safe.
 */
final class MethodTable {

    private static final int FIRST_SIZE = 16;
    private static final int MOST = 4096;
    /** A row: the method, the class, and what was found for them; the fourth place is empty. */
    private static final int ROW = 4;

    private volatile @Nullable Object[] cells = new Object[FIRST_SIZE * ROW];
    private int size;

    @Nullable
    ProtectedMethod get(Class<?> type, Method method) {
        @Nullable Object[] table = cells;
        int at = row(method, table);
        while (true) {
            Object known = table[at];
            if (known == method && table[at + 1] == type) {
                return (ProtectedMethod) table[at + 2];
            }
            if (known == null) {
                return null;
            }
            at = next(at, table);
        }
    }

    synchronized void put(Class<?> type, Method method, ProtectedMethod found) {
        if (size == MOST || get(type, method) != null) {
            return;
        }
        @Nullable Object[] old = cells;
        size++;
        @Nullable Object[] copy = new Object[2 * size * ROW > old.length ? 2 * old.length : old.length];
        for (int at = 0; at < old.length; at += ROW) {
            insert(copy, old[at], old[at + 1], old[at + 2]);
        }
        insert(copy, method, type, found);
        cells = copy;
    }

    private static void insert(
            @Nullable Object[] table, @Nullable Object method, @Nullable Object type, @Nullable Object found) {
        if (method == null) {
            return;
        }
        int at = row(method, table);
        while (table[at] != null) {
            at = next(at, table);
        }
        table[at] = method;
        table[at + 1] = type;
        table[at + 2] = found;
    }

    private static int row(Object method, @Nullable Object[] table) {
        return System.identityHashCode(method) * ROW & table.length - 1;
    }

    private static int next(int at, @Nullable Object[] table) {
        return at + ROW & table.length - 1;
    }
}

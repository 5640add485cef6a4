package io.github.resiliencestarter.call.aop;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The protected methods that have been called, by class and method. A proxy asks with the very same {@link Method} object each
 * time, so it is found by reference: {@code Method.equals} compares names and parameter types, and costs more than the rest.
 * An open-addressed hash table that is copied when something is added, at most half full; reading takes no lock and makes
 * no object. It ends to grow at some size, should a proxy ever come with a new {@code Method} for each call. Thread-safe.
 */
final class MethodTable {

    private static final int FIRST_SIZE = 16;
    private static final int MOST = 4096;

    private volatile @Nullable Entry[] entries = new Entry[FIRST_SIZE];
    private int size;

    @Nullable
    ProtectedMethod get(Class<?> type, Method method) {
        @Nullable Entry[] table = entries;
        int last = table.length - 1;
        for (int at = slot(method, last); ; at = at + 1 & last) {
            Entry entry = table[at];
            if (entry == null) {
                return null;
            }
            if (entry.method == method && entry.type == type) {
                return entry.found;
            }
        }
    }

    synchronized void put(Class<?> type, Method method, ProtectedMethod found) {
        if (size == MOST || get(type, method) != null) {
            return;
        }
        @Nullable Entry[] old = entries;
        size++;
        @Nullable Entry[] copy = new Entry[2 * size > old.length ? 2 * old.length : old.length];
        for (Entry entry : old) {
            if (entry != null) {
                insert(copy, entry);
            }
        }
        insert(copy, new Entry(type, method, found));
        entries = copy;
    }

    private static void insert(@Nullable Entry[] table, Entry entry) {
        int last = table.length - 1;
        int at = slot(entry.method, last);
        while (table[at] != null) {
            at = at + 1 & last;
        }
        table[at] = entry;
    }

    private static int slot(Method method, int last) {
        return System.identityHashCode(method) & last;
    }

    private record Entry(Class<?> type, Method method, ProtectedMethod found) {}
}

package io.github.resiliencestarter.test.network;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Bytes on their way, each piece with the time at which it is due. None overtakes another: a piece that is due waits for those before it. */
final class DelayLine {

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long size;

    /** Takes a copy of the bytes. */
    void add(ByteBuffer bytes, long due) {
        size += bytes.remaining();
        pieces.add(new Piece(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip(), due));
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** The number of bytes. */
    long size() {
        return size;
    }

    /** When the first piece is due; {@link Long#MAX_VALUE} if there is none. */
    long nextDue() {
        Piece first = pieces.peek();
        return first == null ? Long.MAX_VALUE : first.due();
    }

    /** The first piece if it is due. */
    @Nullable
    ByteBuffer due(long now) {
        Piece first = pieces.peek();
        return first == null || first.due() > now ? null : first.bytes();
    }

    /** Of the first piece so many bytes have arrived. */
    void arrived(int count) {
        size -= count;
        Piece first = pieces.element();
        if (!first.bytes().hasRemaining()) {
            pieces.remove();
        }
    }

    /** Everything is due at once. */
    void release() {
        for (int i = pieces.size(); i > 0; i--) {
            pieces.add(new Piece(pieces.remove().bytes(), 0));
        }
    }

    void clear() {
        pieces.clear();
        size = 0;
    }

    private record Piece(ByteBuffer bytes, long due) {}
}

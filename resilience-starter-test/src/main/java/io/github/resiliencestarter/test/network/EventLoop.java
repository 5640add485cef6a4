package io.github.resiliencestarter.test.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The one thread that does all the work of a proxy, so that nothing behind it needs a lock. */
final class EventLoop {

    private static final int BUFFER_SIZE = 256 * 1024;
    private static final long MILLISECOND = 1_000_000;

    private final Selector selector;
    private final Thread thread = new Thread(this::run);
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::at));
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
    private final long origin = System.nanoTime();
    private volatile boolean closed;

    EventLoop() throws IOException {
        selector = Selector.open();
    }

    void start(String name) {
        thread.setName(name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a task on the loop, and returns when it has taken effect; what it throws is thrown here. */
    void execute(Runnable action) {
        Task task = new Task(action);
        tasks.add(task);
        selector.wakeup();
        if (closed) { // the loop may have ended before it saw the task
            task.refuse();
        }
        task.await();
    }

    /** Waits until what the loop is doing now is done; does nothing if it has ended. */
    void settle() {
        try {
            execute(() -> {});
        } catch (IllegalStateException e) {
            // it has ended, and so is settled
        }
    }

    /** Ends the loop; channels that are still registered have been closed when it returns. */
    void close() {
        closed = true;
        selector.wakeup();
        boolean interrupted = false; // as by the timeout of a test: the loop ends soon all the same
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, ready);
    }

    /** Nanoseconds since the loop was made. */
    long now() {
        return System.nanoTime() - origin;
    }

    void at(long time, Runnable action) {
        timers.add(new Timer(time, action));
    }

    /** The buffer that all reads share: its content is to be used before anything else is read. */
    ByteBuffer buffer(long limit) {
        return buffer.clear().limit((int) Math.min(limit, BUFFER_SIZE));
    }

    private void run() {
        List<Task> done = new ArrayList<>();
        try {
            while (!closed) {
                select(done.isEmpty() ? untilNextTimer() : 0);
                // only selecting really closes the channels that a task has closed, so a task has taken effect now
                done.forEach(Task::complete);
                done.clear();
                for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                    done.add(task);
                }
                runTimers();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            closed = true;
            done.forEach(Task::complete);
            tasks.forEach(Task::refuse);
            closeAll();
        }
    }

    /** Waits for as many milliseconds at most; 0 does not wait, and a negative number waits for ever. */
    private void select(long milliseconds) throws IOException {
        if (milliseconds == 0) {
            selector.selectNow(EventLoop::dispatch);
        } else {
            selector.select(EventLoop::dispatch, Math.max(0, milliseconds));
        }
    }

    private static void dispatch(SelectionKey key) {
        if (key.isValid()) { // another key's turn may have closed it
            ((Ready) key.attachment()).ready(key);
        }
    }

    private long untilNextTimer() {
        Timer next = timers.peek();
        if (next == null) {
            return -1;
        }
        return Math.max(0, (next.at() - now() + MILLISECOND - 1) / MILLISECOND);
    }

    private void runTimers() {
        long now = now();
        for (Timer next = timers.peek(); next != null && next.at() <= now; next = timers.peek()) {
            timers.remove().action().run();
        }
    }

    private void closeAll() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is called when its channel is ready. */
    @FunctionalInterface
    interface Ready {
        void ready(SelectionKey key);
    }

    private record Timer(long at, Runnable action) {}
}

package io.github.resiliencestarter.test.server;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the servers of all kinds have in common. */
abstract class AbstractServer implements Server {

    private final Kind kind;
    private final Mode mode;
    private final String version;
    private final List<Node> nodes;

    AbstractServer(Kind kind, Mode mode, String version, List<? extends Node> nodes) {
        this.kind = kind;
        this.mode = mode;
        this.version = version;
        this.nodes = List.copyOf(nodes);
    }

    @Override
    public String name() {
        return kind.key();
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public List<Node> nodes() {
        return nodes;
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> all = EnumSet.of(Capability.RESTART);
        if (mode != Mode.EMBEDDED) {
            all.add(Capability.KILL);
            all.add(Capability.PAUSE);
        }
        if (nodes.size() > 1) {
            all.add(Capability.CLUSTER);
        }
        return Set.copyOf(all);
    }

    @Override
    public void start() {
        together(Node::start);
    }

    @Override
    public void stop() {
        together(Node::stop);
    }

    @Override
    public void kill() {
        together(Node::kill);
    }

    @Override
    public void heal() {
        nodes.forEach(node -> node.proxy().heal());
        if (mode != Mode.EMBEDDED) {
            nodes.forEach(Node::resume);
        }
        start();
    }

    /** All nodes at once: the first of a cluster answers, or stops, only when most of the others are there. */
    private void together(Consumer<Node> action) {
        if (nodes.size() == 1) {
            action.accept(nodes.get(0));
            return;
        }
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (Node node : nodes) {
            FutureTask<Void> task = new FutureTask<>(() -> action.accept(node), null);
            tasks.add(task);
            Thread thread = new Thread(task, "resilience-" + node.name());
            thread.setDaemon(true);
            thread.start();
        }
        @Nullable ServerException failure = null;
        for (FutureTask<Void> task : tasks) {
            try {
                task.get();
            } catch (ExecutionException e) {
                failure = joined(failure, e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ServerException(name() + ": the thread was interrupted while its nodes were at work", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private ServerException joined(@Nullable ServerException first, @Nullable Throwable next) {
        if (first != null) {
            if (next != null) {
                first.addSuppressed(next);
            }
            return first;
        }
        return next instanceof ServerException known ? known : new ServerException(name() + ": " + next, next);
    }
}

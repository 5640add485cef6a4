package io.github.resiliencestarter.test.server;

import io.github.resiliencestarter.test.network.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A node that is a process of this machine. */
final class LocalNode implements Node {

    private final String name;
    private final Recipe recipe;
    private final FaultProxy proxy;
    private @Nullable Path directory;
    private @Nullable ServerProcess process;

    LocalNode(String name, Recipe recipe) {
        this.name = name;
        this.recipe = recipe;
        this.proxy = FaultProxy.to(recipe::address);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized boolean isRunning() {
        return process != null && process.isRunning();
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        Path home = prepared();
        boolean free = Ports.isFree(recipe.address().getPort());
        ServerProcess started = launched(home);
        process = started;
        try {
            // who answers at a port that was taken is somebody else
            started.awaitReady(() -> free && recipe.answers(), recipe.startLimit());
        } catch (ServerException e) {
            throw free ? e : new ServerException(portTaken() + e.getMessage(), e);
        }
    }

    private Path prepared() {
        if (directory == null) {
            Path home = DataDirectory.create(name);
            try {
                recipe.prepare(home, proxy.port());
            } catch (IOException e) {
                throw new ServerException(name + ": its data directory " + home + " cannot be prepared: " + e, e);
            }
            directory = home;
        }
        return directory;
    }

    private ServerProcess launched(Path home) {
        try {
            return ServerProcess.start(name, home, recipe.launch(home));
        } catch (IOException e) {
            throw new ServerException(name + " cannot be started in " + home + ": " + e, e);
        }
    }

    private String portTaken() {
        return "Port " + recipe.address().getPort() + " of 127.0.0.1 was taken by another process before " + name
                + " started; end that one (lsof -i :" + recipe.address().getPort() + " names it). ";
    }

    @Override
    public synchronized void stop() {
        if (process != null) {
            process.terminate();
        }
    }

    @Override
    public synchronized void kill() {
        if (process != null) {
            process.kill();
        }
    }

    @Override
    public synchronized void pause() {
        running().pause();
    }

    @Override
    public synchronized void resume() {
        if (process != null) {
            process.resume();
        }
    }

    private ServerProcess running() {
        if (process == null || !process.isRunning()) {
            throw new IllegalStateException(name + " does not run: start it first");
        }
        return process;
    }

    @Override
    public FaultProxy proxy() {
        return proxy;
    }

    @Override
    public synchronized String log() {
        return process == null ? "" : process.log();
    }

    @Override
    public String toString() {
        return name;
    }
}

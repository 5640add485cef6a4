package io.github.resiliencestarter.test.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports.Binding;
import io.github.resiliencestarter.test.network.FaultProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * A node that is a container. It is made once, and after that started and ended by the engine's client, so that its data stay. Its
 * published port is another one after each start, which nobody notices behind the proxy.
 */
final class ContainerNode implements Node {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int GRACE_SECONDS = 30;

    /** Whether the server serves, seen from its address past the proxy, and from what it has logged since it was started. */
    interface Probe {
        boolean answers(InetSocketAddress address, String log) throws Exception;
    }

    private final String name;
    private final GenericContainer<?> container;
    private final ExposedPort port;
    private final Probe probe;
    private final FaultProxy proxy;

    /** The container is made for the port of the proxy, which some servers tell their clients. */
    ContainerNode(String name, int port, IntFunction<GenericContainer<?>> container, Probe probe) {
        this.name = name;
        this.port = ExposedPort.tcp(port);
        this.probe = probe;
        this.proxy = FaultProxy.to(this::address);
        this.container = container.apply(proxy.port());
        this.container.withExposedPorts(port);
        this.container.waitingFor(new AbstractWaitStrategy() {
            @Override
            protected void waitUntilReady() {
                // we ask ourselves, after each start
            }
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized boolean isRunning() {
        return exists() && Boolean.TRUE.equals(inspect().getState().getRunning());
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        int logged = exists() ? container.getLogs().length() : 0;
        try {
            if (exists()) {
                docker().startContainerCmd(container.getContainerId()).exec();
            } else {
                container.start();
            }
        } catch (RuntimeException e) {
            throw new ServerException(
                    name + ": the container of " + container.getDockerImageName() + " does not start: " + e, e);
        }
        awaitReady(logged);
    }

    private void awaitReady(int logged) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < START_LIMIT.toNanos()) {
            if (!isRunning()) {
                throw failure("ended while starting");
            }
            if (answers(logged)) {
                return;
            }
            LockSupport.parkNanos(POLL.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw failure("was starting when the thread was interrupted");
            }
        }
        kill();
        throw failure("did not answer within " + START_LIMIT.toSeconds() + " s and was killed");
    }

    private boolean answers(int logged) {
        try {
            return probe.answers(address(), container.getLogs().substring(logged));
        } catch (Exception notYet) {
            return false;
        }
    }

    private ServerException failure(String what) {
        return new ServerException(
                name + " " + what + ". The last lines of its log say why:\n"
                        + log().indent(4).stripTrailing(),
                null);
    }

    @Override
    public synchronized void stop() {
        resume();
        if (isRunning()) {
            docker().stopContainerCmd(container.getContainerId())
                    .withTimeout(GRACE_SECONDS)
                    .exec();
        }
    }

    @Override
    public synchronized void kill() {
        if (isRunning()) {
            docker().killContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public synchronized void pause() {
        if (!isRunning()) {
            throw new IllegalStateException(name + " does not run: start it first");
        }
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public synchronized void resume() {
        if (exists() && Boolean.TRUE.equals(inspect().getState().getPaused())) {
            docker().unpauseContainerCmd(container.getContainerId()).exec();
        }
    }

    /** What the program prints in the container. */
    String output(String program, List<String> arguments) throws IOException {
        try {
            ExecResult result = container.execInContainer(
                    Stream.concat(Stream.of(program), arguments.stream()).toArray(String[]::new));
            if (result.getExitCode() != 0) {
                throw new IOException(result.getStdout() + result.getStderr());
            }
            return result.getStdout();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", e);
        }
    }

    @Override
    public FaultProxy proxy() {
        return proxy;
    }

    @Override
    public synchronized String log() {
        return exists() ? LogTail.of(container.getLogs()) : "";
    }

    private InetSocketAddress address() {
        Binding[] bindings =
                inspect().getNetworkSettings().getPorts().getBindings().get(port);
        if (bindings == null || bindings.length == 0) {
            throw new IllegalStateException(name + " has no published port now");
        }
        return new InetSocketAddress(container.getHost(), Integer.parseInt(bindings[0].getHostPortSpec()));
    }

    private boolean exists() {
        return container.getContainerId() != null;
    }

    private InspectContainerResponse inspect() {
        return docker().inspectContainerCmd(container.getContainerId()).exec();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }
}

package io.github.resiliencestarter.samples.payment.load;

import io.github.resiliencestarter.samples.payment.gateway.GatewayMode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Runs every act against every gateway and prints one table. */
public final class LoadRun {

    private static final List<GatewayMode> GATEWAYS = List.of(GatewayMode.FLAKY, GatewayMode.SLOW, GatewayMode.DOWN);

    private final LoadSettings settings;
    private final PrintStream out;
    private final long start = System.nanoTime();

    public LoadRun(LoadSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    public void run() {
        out.println(settings);
        // not counted: the first cell of a JVM would be charged for compiling the others' code
        new Cell(GatewayMode.FLAKY, Act.FULL, settings).measure();
        LoadReport report = new LoadReport();
        for (GatewayMode mode : GATEWAYS) {
            for (Act act : Act.values()) {
                if (elapsed().compareTo(settings.limit()) > 0) {
                    out.println("stopped before " + mode + ", " + act.title() + ": the time limit is reached");
                    continue;
                }
                out.println(elapsed().toSeconds() + " s: gateway " + mode + ", " + act.title());
                Cell cell = new Cell(mode, act, settings);
                report.add(cell, cell.measure());
            }
        }
        out.println("\n" + report.text() + "\n" + report.markdown());
        out.println("took " + elapsed().toSeconds() + " s; a customer gives up after "
                + settings.patience().toSeconds() + " s, a probe of /products after "
                + ProductProbe.PATIENCE.toSeconds() + " s");
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}

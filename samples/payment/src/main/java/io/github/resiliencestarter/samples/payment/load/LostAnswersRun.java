package io.github.resiliencestarter.samples.payment.load;

import io.github.resiliencestarter.samples.payment.load.OrderResult.Kind;
import java.io.PrintStream;

/** Sends the same orders with each precaution to a gateway that loses answers, and prints who paid twice. */
public final class LostAnswersRun {

    private static final int GATEWAY_PORT = 8091;

    private final LoadSettings settings;
    private final PrintStream out;

    public LostAnswersRun(LoadSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    public void run() throws InterruptedException {
        Table table = new Table(
                "shop",
                "confirmed",
                "unknown",
                "failed",
                "requests",
                "charges",
                "orders charged twice or more",
                "failed, yet charged",
                "paid after the callbacks");
        for (Precaution precaution : Precaution.values()) {
            out.println(precaution.title());
            LostAnswers result = LostAnswers.with(precaution, settings, GATEWAY_PORT);
            table.add(
                    precaution.title(),
                    Long.toString(result.told(Kind.CONFIRMED)),
                    Long.toString(result.told(Kind.UNKNOWN)),
                    Long.toString(result.told(Kind.REFUSED)),
                    Integer.toString(result.requests()),
                    Integer.toString(result.totalCharges()),
                    Long.toString(result.chargedTwice()),
                    Long.toString(result.refusedAndCharged()),
                    Integer.toString(result.paid()));
        }
        out.println("\n" + table.text() + "\n" + table.markdown());
    }
}

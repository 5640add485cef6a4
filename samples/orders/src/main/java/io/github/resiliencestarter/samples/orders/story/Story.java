package io.github.resiliencestarter.samples.orders.story;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Four acts: orders flow, events are broken, the inventory service is gone, and a bug is fixed and its victims are replayed. */
public final class Story {

    private static final int ORDERS = 200;
    private static final int BROKEN_EVERY = 40;
    private static final int GIFT_EVERY = 5;
    private static final Duration OUTAGE = Duration.ofSeconds(5);

    private final Shop shop;
    private final LetterDesk desk;
    private final PrintStream out;
    private final Customers customers;
    private final List<Act> acts = new ArrayList<>();
    private final long start = System.nanoTime();
    private final long processedBefore;
    private final long openBefore;
    private long processedInActs;

    Story(Shop shop, int port, PrintStream out) {
        this.shop = shop;
        this.desk = new LetterDesk(port);
        this.out = out;
        this.customers = new Customers(shop.events());
        this.processedBefore = shop.processed().count();
        this.openBefore = shop.openLetters();
    }

    /** Tells it all; false if an order is nowhere, or in two places. */
    public boolean tell() {
        act("orders flow", this::ordersFlow);
        act("broken events", this::brokenEvents);
        act("inventory down", this::inventoryDown);
        act("a bug", this::bug);
        act("fixed and replayed", this::fixAndReplay);
        return balance();
    }

    private void ordersFlow() {
        say(ORDERS + " orders are placed");
        customers.order(ORDERS);
        awaitProcessed(ORDERS);
    }

    private void brokenEvents() {
        int broken = ORDERS / BROKEN_EVERY;
        say(ORDERS + " events, of which " + broken + " are cut off and can never be read");
        customers.orderWithBroken(ORDERS, BROKEN_EVERY);
        awaitProcessed(ORDERS - broken);
        say("their neighbours are processed");
        awaitOpenLetters(broken);
        say(broken + " letters wait for a person");
    }

    private void inventoryDown() {
        long letters = openLetters();
        shop.inventory().setDown(true);
        say("the inventory service goes down, and " + ORDERS + " orders are placed");
        customers.order(ORDERS);
        Patience.until("the circuit opens", shop::isCircuitOpen);
        int requests = shop.inventory().requests();
        say("the circuit is open, the listener is paused");
        Patience.sleep(OUTAGE);
        say("after " + OUTAGE.toSeconds() + " s: " + (shop.inventory().requests() - requests)
                + " requests have reached the inventory service to see whether it is back, "
                + (openLetters() - letters) + " orders were given up");
        shop.inventory().setDown(false);
        say("it is back");
        awaitProcessed(ORDERS);
        say("all " + ORDERS + " orders are processed, " + (openLetters() - letters) + " were given up");
    }

    private void bug() {
        int gifts = ORDERS / GIFT_EVERY;
        say(ORDERS + " orders, of which " + gifts + " are gifts, and the wrapping has a bug");
        long letters = openLetters();
        customers.orderWithGifts(ORDERS, GIFT_EVERY);
        awaitProcessed(ORDERS - gifts);
        awaitOpenLetters(letters + gifts);
        say("what failed, by its cause:");
        desk.openGroups()
                .forEach(group -> out.printf(
                        Locale.ROOT, "        %4d  %s  %s%n", group.open(), group.fingerprint(), group.exception()));
    }

    private void fixAndReplay() {
        int gifts = ORDERS / GIFT_EVERY;
        shop.wrapping().setFixed(true);
        say("the fix is deployed");
        LetterDesk.Group group = desk.openGroups().stream()
                .filter(candidate -> candidate.exception().endsWith("IllegalStateException"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody has failed by the bug"));
        say("the group of " + group.open() + " goes back: first 1, then 2, 5 and 20, and then the rest");
        String replay = desk.replay(group, "gift wrapping is fixed");
        awaitProcessed(gifts);
        awaitOpenLetters(ORDERS / BROKEN_EVERY);
        Patience.until("the replay ends", () -> !desk.progress(replay).status().equals("RUNNING"));
        LetterDesk.Progress progress = desk.progress(replay);
        say("the replay is " + progress.status().toLowerCase(Locale.ROOT) + ": " + progress.sent() + " sent, "
                + progress.resolved() + " resolved, " + progress.failedAgain() + " failed again");
    }

    private boolean balance() {
        long processed = processed();
        long open = openLetters();
        out.println("\n" + new StoryTable(acts));
        boolean kept = customers.sent() == processed + open;
        out.printf(
                Locale.ROOT,
                "%n%d sent %s %d processed + %d open letters (%d processed more than once)%n",
                customers.sent(),
                kept ? "=" : "IS NOT",
                processed,
                open,
                shop.processed().repeated());
        return kept;
    }

    private void act(String title, Runnable content) {
        out.println("\n" + title);
        long began = System.nanoTime();
        long sent = customers.sent();
        long processed = processed();
        int requests = shop.inventory().requests();
        content.run();
        acts.add(new Act(
                title,
                customers.sent() - sent,
                processed() - processed,
                openLetters(),
                shop.inventory().requests() - requests,
                Duration.ofNanos(System.nanoTime() - began)));
        processedInActs = processed();
    }

    private void awaitProcessed(long more) {
        Patience.until(more + " orders are processed", () -> processed() >= processedInActs + more);
    }

    private void awaitOpenLetters(long letters) {
        Patience.until("there are " + letters + " open letters", () -> openLetters() == letters);
    }

    private long processed() {
        return shop.processed().count() - processedBefore;
    }

    private long openLetters() {
        return shop.openLetters() - openBefore;
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, what);
    }
}

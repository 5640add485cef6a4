package io.github.resiliencestarter.test.network;

/** New connections are refused, as if nobody listened. Living ones are left alone; {@link Cut} ends them as well. */
public final class Refuse extends Fault {

    @Override
    boolean refusesConnections() {
        return true;
    }

    @Override
    public String toString() {
        return "connections refused";
    }
}

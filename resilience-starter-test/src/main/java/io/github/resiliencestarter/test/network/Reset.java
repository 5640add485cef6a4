package io.github.resiliencestarter.test.network;

/** All living connections are reset (RST), once, at both ends; what was on its way is lost. New ones are left alone. */
public final class Reset extends Fault {

    @Override
    void strike(Connection connection) {
        connection.reset();
    }

    @Override
    public String toString() {
        return "reset";
    }
}

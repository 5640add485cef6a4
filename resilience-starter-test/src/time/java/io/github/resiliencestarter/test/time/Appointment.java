package io.github.resiliencestarter.test.time;

/** Something that is done when its time has come. */
interface Appointment {

    /** Does it. Called without any lock, at its own time. */
    void keep();

    /** Whether it would do anything. */
    default boolean stands() {
        return true;
    }
}

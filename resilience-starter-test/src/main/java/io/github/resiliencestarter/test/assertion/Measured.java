package io.github.resiliencestarter.test.assertion;

import org.jspecify.annotations.Nullable;

/** Reads the meters of calls. */
interface Measured {

    /** For an application without meters. */
    Measured NOTHING = new Measured() {
        @Override
        public @Nullable Double count(String meter, String call, String... tags) {
            return null;
        }

        @Override
        public void forget() {}
    };

    /**
     * How often it has counted since it was told to forget; the sum of all meters of the name with these tags.
     *
     * @param tags keys and values in turn
     * @return null where there is no such meter
     */
    @Nullable
    Double count(String meter, String call, String... tags);

    /** Counts anew from now on. */
    void forget();
}

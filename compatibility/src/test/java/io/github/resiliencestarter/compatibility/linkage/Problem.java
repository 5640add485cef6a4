package io.github.resiliencestarter.compatibility.linkage;

/**
 * A reference that fails at run time.
 *
 * @param in the class that has it
 * @param type the class that it is about, both as internal names
 */
record Problem(String in, String type, String what) {

    @Override
    public String toString() {
        return in + ": " + what;
    }
}

package io.github.resiliencestarter.docs;

class CardDeclinedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
}

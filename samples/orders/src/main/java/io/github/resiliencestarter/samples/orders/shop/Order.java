package io.github.resiliencestarter.samples.orders.shop;

/**
 * What an event says.
 *
 * @param gift whether it is to be wrapped
 */
public record Order(long id, String item, int quantity, boolean gift) {}

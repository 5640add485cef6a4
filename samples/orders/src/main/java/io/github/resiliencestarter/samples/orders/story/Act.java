package io.github.resiliencestarter.samples.orders.story;

import java.time.Duration;

/**
 * What an act has come to.
 *
 * @param sent events that the broker has confirmed
 * @param processed orders that were processed meanwhile
 * @param openLetters dead letters that wait for a person at its end
 * @param requests requests that have reached the inventory service
 */
record Act(String title, long sent, long processed, long openLetters, int requests, Duration took) {}

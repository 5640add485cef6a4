package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.call.CallClock;
import java.util.concurrent.Executor;

/**
 * What messages need that wait aside.
 *
 * @param room how many of one channel may wait at the same time
 * @param threads where they are tried again; at most one thread for each channel is used
 */
record AsideParts(int room, CallClock clock, Executor threads) {}

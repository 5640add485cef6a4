/**
 * Letters go back to where they failed: started by people, by code or by a schedule, run by one instance at a time. {@link
 * io.github.resiliencestarter.messaging.replay.Replays} is for applications; everything else here is <em>internal</em>.
 */
@NullMarked
package io.github.resiliencestarter.messaging.replay;

import org.jspecify.annotations.NullMarked;

/**
 * The deadline of a call over HTTP: from the attempt that makes a request to the service that answers it. Users inject what they
 * add to clients that the starter does not see.
 */
@NullMarked
package io.github.resiliencestarter.http;

import org.jspecify.annotations.NullMarked;

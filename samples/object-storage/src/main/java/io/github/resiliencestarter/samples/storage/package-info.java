/** The sample: codes that are uploaded to an object store, and an outage of that store to watch. */
@NullMarked
package io.github.resiliencestarter.samples.storage;

import org.jspecify.annotations.NullMarked;

/** Proves that no message is ever nowhere: what was sent is processed, dead-lettered, parked or still in the broker. */
@NullMarked
package io.github.resiliencestarter.test.conservation;

import org.jspecify.annotations.NullMarked;

/** What every implementation of a seam must pass: a test class extends the contract and answers its abstract methods. */
@NullMarked
package io.github.resiliencestarter.test.contract;

import org.jspecify.annotations.NullMarked;

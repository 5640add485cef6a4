/** Tests of services that survive their dependencies: real servers, faults, virtual time and assertions. */
@NullMarked
package io.github.resiliencestarter.test;

import org.jspecify.annotations.NullMarked;

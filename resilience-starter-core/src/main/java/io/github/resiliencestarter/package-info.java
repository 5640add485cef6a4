/**
 * What users write against: the annotation, its programmatic twin, and the exceptions they may catch.
 */
@NullMarked
package io.github.resiliencestarter;

import org.jspecify.annotations.NullMarked;

/** What an application uses: the annotation, its programmatic twin, and the exceptions that it may catch. */
@NullMarked
package io.github.resiliencestarter;

import org.jspecify.annotations.NullMarked;

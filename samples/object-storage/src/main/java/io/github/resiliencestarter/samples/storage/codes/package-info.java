/** The application: it draws QR codes and uploads them in the background. */
@NullMarked
package io.github.resiliencestarter.samples.storage.codes;

import org.jspecify.annotations.NullMarked;

/** Failures with a code, and the kind that says who has to act. */
@Export
@Version("1.1.0")
@NullMarked
package io.varuna.api.error;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

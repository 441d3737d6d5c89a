/** SQL functions: scalar, aggregate, analytic and table functions. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.api.function;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

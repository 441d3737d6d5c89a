/** Contracts that plugins check themselves against, without OSGi and without the engine. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** What all kinds of plugins have in common: a factory, a type name, typed properties, a context. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.api.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Where the engine finds plugins, and how it makes their instances. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.engine.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

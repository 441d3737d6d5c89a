/** What a rule is to the engine: its plan, actions and options. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.engine.rule;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Runs rules from their SQL on virtual time, without a container: for golden pages and other tests of rules. */
@Export
@Version("1.0.0")
@NullMarked
package io.varuna.rulekit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** What survives a restart: streams, rules with their compiled plans, and checkpoints. */
@NullMarked
package io.varuna.runtime.store;

import org.jspecify.annotations.NullMarked;

/** HTTP, both ways: takes records that are posted, asks for records at intervals or by key, sends results. */
@NullMarked
package io.varuna.plugin.http;

import org.jspecify.annotations.NullMarked;

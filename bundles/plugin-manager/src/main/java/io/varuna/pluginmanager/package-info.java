/** Plugins come and go here: fetched, checked, installed, described, removed. */
@NullMarked
package io.varuna.pluginmanager;

import org.jspecify.annotations.NullMarked;

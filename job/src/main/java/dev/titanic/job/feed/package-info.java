/** Documents from files into a client's topic: {@code ./titanic feed} and {@code run --feed}. */
@NullMarked
package dev.titanic.job.feed;

import org.jspecify.annotations.NullMarked;

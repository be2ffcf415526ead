/** Documents from files into a client's private topic. */
@NullMarked
package dev.titanic.job.feed;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.titanic.job.feed;

import org.jspecify.annotations.NullMarked;

/** What a snapshot of the job holds: one model version at one step, and nothing of the data. */
@NullMarked
package dev.titanic.schemas.state;

import org.jspecify.annotations.NullMarked;

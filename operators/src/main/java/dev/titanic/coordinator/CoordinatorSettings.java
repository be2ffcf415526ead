package dev.titanic.coordinator;

import dev.titanic.nn.Lora;
import dev.titanic.protocol.RunPlan;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a coordinator is set up.
 *
 * @param model Hugging Face directory of the base model
 * @param output path of the {@link OutputDirectory}
 * @param patience how long a transaction may be open without a message
 * @param placementLives whether somebody looks for better hosts while the run goes on
 * @param lora adapters that are trained; null when the whole model is
 */
public record CoordinatorSettings(
    RunPlan plan,
    String model,
    String output,
    Duration patience,
    boolean placementLives,
    @Nullable Lora lora)
    implements Serializable {}

package dev.titanic.nn.family;

import com.google.auto.service.AutoService;
import dev.titanic.nn.ModelConfig;
import java.util.List;

/**
 * OPT: layer norm before attention and before the feed-forward network, learned positions that
 * start at row 2, ReLU; the head may be tied to the embedding.
 *
 * <p>Queries are scaled, not scores, as in transformers, so that both round alike.
 */
@AutoService(Family.class)
public final class Opt implements Family {

  /** Rows of the table of positions that no position uses. */
  private static final int POSITION_OFFSET = 2;

  /** PyTorch's default: the configuration has no key for it. */
  private static final double EPSILON = 1e-5;

  private static final String SOURCE =
      """
      def tables(self, positions: Tensor) -> List[Tensor]:
        return [torch.add(positions, %1$d)]

      def heads(self, x: Tensor) -> Tensor:
        return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), %2$d, %3$d]), 1, 2)

      %4$s
      def attend(self, x: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        q = self.heads(torch.mul(self.self_attn_q_proj(x, weights, noise), %5$s))
        k = self.heads(self.self_attn_k_proj(x, weights, noise))
        v = self.heads(self.self_attn_v_proj(x, weights, noise))
        mixed = self.attention(q, k, v, noise)
        joined = torch.reshape(torch.transpose(mixed, 1, 2), torch.size(x))
        projected = self.self_attn_out_proj(joined, weights, noise)
        return %7$s

      %6$s
      def feed_forward(self, x: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        projected = self.fc2(self.activation(self.fc1(x, weights, noise)), weights, noise)
        return %7$s

      def embed(self, tokens: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        positions = torch.slice(tables[0], 0, 0, torch.size(tokens, 1))
        placed = self.model_decoder_embed_positions(positions, weights, noise)
        return torch.add(self.model_decoder_embed_tokens(tokens, weights, noise), placed)

      def block(self, hidden: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        normed = self.self_attn_layer_norm(hidden, weights, noise)
        middle = torch.add(hidden, self.attend(normed, weights, noise))
        normed_middle = self.final_layer_norm(middle, weights, noise)
        return torch.add(middle, self.feed_forward(normed_middle, weights, noise))

      def logits(self, hidden: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        return self.lm_head(%8$s, weights, noise)
      """;

  private static final String FINAL_NORM =
      "self.model_decoder_final_layer_norm(hidden, weights, noise)";

  @Override
  public String modelType() {
    return "opt";
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    refuseWhatTheProgramLacks(config);
    int vocabulary = config.positive("vocab_size");
    int hidden = config.positive("hidden_size");
    int maxTokens = config.positive("max_position_embeddings");
    Embedding tokens = Embedding.padded("model.decoder.embed_tokens", vocabulary, hidden, config);
    Embedding positions =
        Embedding.of("model.decoder.embed_positions", maxTokens + POSITION_OFFSET, hidden);
    return new Architecture(
        modelType(),
        vocabulary,
        hidden,
        maxTokens,
        new Part("", List.of(tokens, positions)),
        Part.repeated(
            "model.decoder.layers.%d.",
            config.positive("num_hidden_layers"), block(config, hidden)),
        new Part("", head(config, tokens, vocabulary, hidden)),
        source(config, hidden));
  }

  private static void refuseWhatTheProgramLacks(ModelConfig config) {
    int hidden = config.positive("hidden_size");
    if (config.positive("word_embed_proj_dim", hidden) != hidden) {
      throw config.invalid("word_embed_proj_dim", "hidden_size, " + hidden);
    }
    if (!config.flag("do_layer_norm_before", true)) {
      throw config.invalid("do_layer_norm_before", "true");
    }
    if (config.rate("layerdrop", 0) != 0) {
      throw config.invalid("layerdrop", "0");
    }
  }

  private static List<Submodule> block(ModelConfig config, long hidden) {
    long inner = config.positive("ffn_dim");
    boolean bias = config.flag("enable_bias", true);
    return List.of(
        Linear.of("self_attn.k_proj", hidden, hidden, bias),
        Linear.of("self_attn.v_proj", hidden, hidden, bias),
        Linear.of("self_attn.q_proj", hidden, hidden, bias),
        Linear.of("self_attn.out_proj", hidden, hidden, bias),
        norm("self_attn_layer_norm", hidden, config),
        Linear.of("fc1", hidden, inner, bias),
        Linear.of("fc2", inner, hidden, bias),
        norm("final_layer_norm", hidden, config));
  }

  private static List<Submodule> head(
      ModelConfig config, Embedding tokens, long vocabulary, long hidden) {
    Linear head =
        config.flag("tie_word_embeddings", true)
            ? Linear.tied("lm_head", tokens)
            : Linear.of("lm_head", hidden, vocabulary);
    return hasFinalNorm(config)
        ? List.of(norm("model.decoder.final_layer_norm", hidden, config), head)
        : List.of(head);
  }

  private static LayerNorm norm(String name, long hidden, ModelConfig config) {
    boolean affine = config.flag("layer_norm_elementwise_affine", true);
    return new LayerNorm(name, hidden, EPSILON, affine);
  }

  /** Models that were fine-tuned with transformers before 4.20.1 have none. */
  private static boolean hasFinalNorm(ModelConfig config) {
    return !config.flag("_remove_final_layer_norm", false);
  }

  private static String source(ModelConfig config, int hidden) {
    int heads = config.divisor("num_attention_heads", "hidden_size");
    int size = hidden / heads;
    return SOURCE.formatted(
        POSITION_OFFSET,
        heads,
        size,
        new Attention(1, config.rate("attention_dropout", 0), false).source(),
        1 / Math.sqrt(size),
        Activation.of(config, "activation_function", "relu").source(),
        Dropout.of("projected", config.rate("dropout", 0.1)),
        hasFinalNorm(config) ? FINAL_NORM : "hidden");
  }
}

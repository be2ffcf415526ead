package dev.titanic.nn.family;

import com.google.auto.service.AutoService;
import dev.titanic.nn.ModelConfig;
import java.util.List;

/**
 * GPT-2: layer norm before attention and before the feed-forward network, learned positions, one
 * projection for queries, keys and values; the head may be tied to the embedding.
 */
@AutoService(Family.class)
public final class Gpt2 implements Family {

  private static final String SOURCE =
      """
      def tables(self, positions: Tensor) -> List[Tensor]:
        return [positions]

      def heads(self, x: Tensor) -> Tensor:
        return torch.transpose(torch.view(x, [torch.size(x, 0), torch.size(x, 1), %1$d, %2$d]), 1, 2)

      def attend(self, x: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        q, k, v, = torch.chunk(self.attn_c_attn(x, weights, noise), 3, -1)
        mixed = self.attention(self.heads(q), self.heads(k), self.heads(v), noise)
        joined = torch.reshape(torch.transpose(mixed, 1, 2), torch.size(x))
        projected = self.attn_c_proj(joined, weights, noise)
        return %4$s

      %3$s
      def feed_forward(self, x: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        inner = self.activation(self.mlp_c_fc(x, weights, noise))
        projected = self.mlp_c_proj(inner, weights, noise)
        return %4$s

      def embed(self, tokens: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        positions = torch.slice(tables[0], 0, 0, torch.size(tokens, 1))
        placed = self.transformer_wpe(positions, weights, noise)
        embedded = torch.add(self.transformer_wte(tokens, weights, noise), placed)
        return %5$s

      def block(self, hidden: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        middle = torch.add(hidden, self.attend(self.ln_1(hidden, weights, noise), weights, noise))
        return torch.add(middle, self.feed_forward(self.ln_2(middle, weights, noise), weights, noise))

      def logits(self, hidden: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        return self.lm_head(self.transformer_ln_f(hidden, weights, noise), weights, noise)
      """;

  @Override
  public String modelType() {
    return "gpt2";
  }

  @Override
  public Architecture architecture(ModelConfig config) {
    if (config.flag("add_cross_attention", false)) {
      throw config.invalid("add_cross_attention", "false");
    }
    int vocabulary = config.positive("vocab_size");
    int hidden = config.positive("n_embd");
    int maxTokens = config.positive("n_positions");
    double epsilon = config.number("layer_norm_epsilon", 1e-5);
    Embedding tokens = Embedding.of("transformer.wte", vocabulary, hidden);
    Embedding positions = Embedding.of("transformer.wpe", maxTokens, hidden);
    Linear head =
        config.flag("tie_word_embeddings", true)
            ? Linear.tied("lm_head", tokens)
            : Linear.of("lm_head", hidden, vocabulary);
    return new Architecture(
        modelType(),
        vocabulary,
        hidden,
        maxTokens,
        new Part("", List.of(tokens, positions)),
        Part.repeated(
            "transformer.h.%d.",
            config.positive("n_layer"),
            block(hidden, config.positive("n_inner", 4 * hidden), epsilon),
            block -> attention(config, block).source()),
        new Part("", List.of(LayerNorm.of("transformer.ln_f", hidden, epsilon), head)),
        source(config));
  }

  private static List<Submodule> block(long hidden, long inner, double epsilon) {
    return List.of(
        LayerNorm.of("ln_1", hidden, epsilon),
        Linear.transposed("attn.c_attn", hidden, 3 * hidden),
        Linear.transposed("attn.c_proj", hidden, hidden),
        LayerNorm.of("ln_2", hidden, epsilon),
        Linear.transposed("mlp.c_fc", hidden, inner),
        Linear.transposed("mlp.c_proj", inner, hidden));
  }

  private static Attention attention(ModelConfig config, int block) {
    double scale = config.flag("scale_attn_weights", true) ? 1 / Math.sqrt(headSize(config)) : 1;
    boolean less = config.flag("scale_attn_by_inverse_layer_idx", false);
    return new Attention(less ? scale / (block + 1) : scale, config.rate("attn_pdrop", 0.1), false);
  }

  private static int headSize(ModelConfig config) {
    return config.positive("n_embd") / config.divisor("n_head", "n_embd");
  }

  private static String source(ModelConfig config) {
    return SOURCE.formatted(
        config.positive("n_head"),
        headSize(config),
        Activation.of(config, "activation_function", "gelu_new").source(),
        Dropout.of("projected", config.rate("resid_pdrop", 0.1)),
        Dropout.of("embedded", config.rate("embd_pdrop", 0.1)));
  }
}

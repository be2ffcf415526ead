package dev.titanic.nn.family;

import dev.titanic.nn.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What Llama and the families that follow it share: RMSNorm before attention and before a gated
 * network, rotary positions, grouped queries; the head may be tied to the embedding.
 *
 * @param maxTokens longest sequence when the configuration does not say it
 * @param biases which linear layers of a block have one
 */
record LlamaProgram(String modelType, int maxTokens, Set<Bias> biases, SlidingWindow window) {

  /** Where a bias may be. */
  enum Bias {
    QUERIES_KEYS_VALUES,
    ATTENTION_OUTPUT,
    NETWORK
  }

  private static final String SOURCE =
      """
      def feed_forward(self, x: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        gate = self.activation(self.mlp_gate_proj(x, weights, noise))
        return self.mlp_down_proj(torch.mul(gate, self.mlp_up_proj(x, weights, noise)), weights, noise)

      def embed(self, tokens: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        return self.model_embed_tokens(tokens, weights, noise)

      def block(self, hidden: Tensor, tables: List[Tensor], weights: List[Tensor], noise: List[Generator]) -> Tensor:
        normed = self.input_layernorm(hidden, weights, noise)
        middle = torch.add(hidden, self.attend(normed, tables, weights, noise))
        normed_middle = self.post_attention_layernorm(middle, weights, noise)
        return torch.add(middle, self.feed_forward(normed_middle, weights, noise))

      def logits(self, hidden: Tensor, weights: List[Tensor], noise: List[Generator]) -> Tensor:
        return self.lm_head(self.model_norm(hidden, weights, noise), weights, noise)
      """;

  Architecture architecture(ModelConfig config) {
    int vocabulary = config.positive("vocab_size");
    int hidden = config.positive("hidden_size");
    double epsilon = config.number("rms_norm_eps", 1e-6);
    RotaryAttention attention = RotaryAttention.of(config, window);
    Embedding embedding = Embedding.padded("model.embed_tokens", vocabulary, hidden, config);
    Linear head =
        config.flag("tie_word_embeddings", false)
            ? Linear.tied("lm_head", embedding)
            : Linear.of("lm_head", hidden, vocabulary);
    return new Architecture(
        modelType,
        vocabulary,
        hidden,
        config.positive("max_position_embeddings", maxTokens),
        new Part("", List.of(embedding)),
        Part.repeated(
            "model.layers.%d.",
            config.positive("num_hidden_layers"),
            block(config, attention, hidden, epsilon),
            attention::source),
        new Part("", List.of(new RmsNorm("model.norm", hidden, epsilon), head)),
        String.join(
            "\n",
            attention.source(),
            Activation.of(config, "hidden_act", "silu").source(),
            SOURCE));
  }

  private List<Submodule> block(
      ModelConfig config, RotaryAttention attention, int hidden, double epsilon) {
    int inner = config.positive("intermediate_size");
    boolean innerBias = biases.contains(Bias.NETWORK);
    List<Submodule> block = new ArrayList<>();
    block.add(new RmsNorm("input_layernorm", hidden, epsilon));
    block.addAll(
        attention.submodules(
            hidden,
            biases.contains(Bias.QUERIES_KEYS_VALUES),
            biases.contains(Bias.ATTENTION_OUTPUT)));
    block.add(new RmsNorm("post_attention_layernorm", hidden, epsilon));
    block.add(Linear.of("mlp.gate_proj", hidden, inner, innerBias));
    block.add(Linear.of("mlp.up_proj", hidden, inner, innerBias));
    block.add(Linear.of("mlp.down_proj", inner, hidden, innerBias));
    return block;
  }
}

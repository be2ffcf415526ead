package dev.titanic.nn.graph;

import dev.titanic.nn.graph.TracedFileWriter.Module;
import dev.titanic.nn.graph.TracedFileWriter.Tensor;
import java.nio.file.Path;

/** Traced models made without PyTorch. */
public final class GeneratedModels {
  private GeneratedModels() {}

  /** Takes (batch, 6). */
  public static Path mlp(Path file) {
    Module root =
        new Module(
                "Mlp",
                "x: Tensor",
                """
                out = self.out
                middle = self.middle
                inner = self.inner
                _0 = torch.tanh((inner).forward(x, ))
                _1 = torch.relu((middle).forward(_0, ))
                return (out).forward(_1, )
                """)
            .module("inner", linear(1, 6, 16))
            .module("middle", linear(2, 16, 16))
            .module("out", linear(3, 16, 4));
    return TracedFileWriter.write(file, root);
  }

  /** Takes (batch, 2, 6, 6); two paths are alive between its convolutions. */
  public static Path cnn(Path file) {
    Module root =
        new Module(
                "Cnn",
                "x: Tensor",
                """
                out = self.out
                second = self.second
                first = self.first
                y = (first).forward(x, )
                z = torch.sigmoid(y)
                _0 = torch.add(torch.relu((second).forward(z, )), y)
                _1 = torch.flatten(torch.adaptive_avg_pool2d(_0, [1, 1]), 1)
                return (out).forward(_1, )
                """)
            .module("first", convolution(4, 2, 5))
            .module("second", convolution(5, 5, 5))
            .module("out", linear(6, 5, 3));
    return TracedFileWriter.write(file, root);
  }

  /**
   * A language model with 23 tokens: blocks share a causal mask, the head is tied to the embedding.
   */
  public static Path transformer(Path file) {
    Tensor table = Tensor.random(7, 23, 8);
    Module root =
        new Module(
                "Transformer",
                "ids: Tensor",
                """
                embed = self.embed
                table = embed.weight
                second = self.second
                first = self.first
                x = (embed).forward(ids, )
                _0 = ops.prim.NumToTensor(torch.size(x, 1))
                tokens = int(_0)
                ones = torch.ones([tokens, int(_0)], dtype=11, layout=None, device=torch.device("cpu"), pin_memory=False)
                mask = torch.triu(ones, 1)
                _1 = (first).forward(x, mask, )
                _2 = (second).forward(_1, mask, )
                return torch.linear(_2, table)
                """)
            .module(
                "embed",
                new Module(
                        "Embedding",
                        "ids: Tensor",
                        """
                        weight = self.weight
                        return torch.embedding(weight, ids)
                        """)
                    .parameter("weight", table))
            .module("first", block(8))
            .module("second", block(20));
    return TracedFileWriter.write(file, root);
  }

  private static Module block(long seed) {
    return new Module(
            "Block",
            "x: Tensor,\n    mask: Tensor",
            """
            down = self.down
            up = self.up
            qkv = self.qkv
            q, k, v, = torch.chunk((qkv).forward(x, ), 3, -1)
            _0 = torch.matmul(q, torch.transpose(k, -1, -2))
            _1 = torch.masked_fill(torch.div(_0, 2.8284271247461903), mask, -3.4028234663852886e+38)
            _2 = torch.matmul(torch.softmax(_1, -1), v)
            _3 = torch.add(x, _2)
            _4 = (down).forward(torch.gelu((up).forward(_3, )), )
            return torch.add(_3, _4)
            """)
        .module("qkv", linear(seed, 8, 24))
        .module("up", linear(seed + 1, 8, 16))
        .module("down", linear(seed + 2, 16, 8));
  }

  static Module linear(long seed, long in, long out) {
    return new Module(
            "Linear",
            "argument_1: Tensor",
            """
            bias = self.bias
            weight = self.weight
            input = torch.linear(argument_1, weight, bias)
            return input
            """)
        .parameter("weight", Tensor.random(seed, out, in))
        .parameter("bias", Tensor.random(seed + 100, out));
  }

  private static Module convolution(long seed, long in, long out) {
    return new Module(
            "Conv2d",
            "argument_1: Tensor",
            """
            bias = self.bias
            weight = self.weight
            input = torch._convolution(argument_1, weight, bias, [1, 1], [1, 1], [1, 1], False, [0, 0], 1, False, False, True, True)
            return input
            """)
        .parameter("weight", Tensor.random(seed, out, in, 3, 3))
        .parameter("bias", Tensor.random(seed + 100, out));
  }
}

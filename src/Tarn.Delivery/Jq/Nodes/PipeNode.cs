using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>left | right</c></summary>
internal sealed class PipeNode(JqNode left, JqNode right) : JqNode
{
    public override bool IsSingle => left.IsSingle && right.IsSingle;

    public override IReadOnlyList<string>? ResultKeys => right.ResultKeys;

    public override JqValue One(JqRun run, JqValue input) => right.One(run, left.One(run, input));

    public override IEnumerable<JqValue> All(JqRun run, JqValue input) =>
        left.All(run, input).SelectMany(value => right.All(run, value));
}

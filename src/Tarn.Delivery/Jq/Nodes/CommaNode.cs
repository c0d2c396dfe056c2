using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>left, right</c></summary>
internal sealed class CommaNode(JqNode left, JqNode right) : JqNode
{
    public override bool IsSingle => false;

    public override IEnumerable<JqValue> All(JqRun run, JqValue input)
    {
        foreach (var value in left.All(run, input).Concat(right.All(run, input)))
        {
            run.Step();
            yield return value;
        }
    }
}

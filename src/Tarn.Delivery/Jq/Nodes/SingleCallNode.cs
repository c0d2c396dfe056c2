using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary>A function that gives one value.</summary>
internal sealed class SingleCallNode(Func<JqRun, JqValue, JqValue> apply) : JqNode
{
    public override bool IsSingle => true;

    public override JqValue One(JqRun run, JqValue input)
    {
        run.Step();
        return apply(run, input);
    }
}

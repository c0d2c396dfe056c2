using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary>A function that gives any number of values.</summary>
internal sealed class ManyCallNode(Func<JqRun, JqValue, IEnumerable<JqValue>> apply) : JqNode
{
    public override bool IsSingle => false;

    public override IEnumerable<JqValue> All(JqRun run, JqValue input)
    {
        run.Step();
        return apply(run, input);
    }
}

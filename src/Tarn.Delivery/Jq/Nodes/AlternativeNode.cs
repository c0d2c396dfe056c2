using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>left // right</c>: what is neither null nor false on the left, else the right.</summary>
internal sealed class AlternativeNode(JqNode left, JqNode right) : JqNode
{
    public override bool IsSingle => left.IsSingle && right.IsSingle;

    public override JqValue One(JqRun run, JqValue input)
    {
        var value = left.One(run, input);
        return value.IsTruthy ? value : right.One(run, input);
    }

    public override IEnumerable<JqValue> All(JqRun run, JqValue input)
    {
        var isFound = false;
        foreach (var value in left.All(run, input).Where(value => value.IsTruthy))
        {
            isFound = true;
            yield return value;
        }

        if (!isFound)
        {
            foreach (var value in right.All(run, input))
            {
                yield return value;
            }
        }
    }
}

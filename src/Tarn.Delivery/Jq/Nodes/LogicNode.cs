using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>left and right</c>, <c>left or right</c>; the right side only where it matters.</summary>
internal sealed class LogicNode(bool isAnd, JqNode left, JqNode right) : JqNode
{
    public override bool IsSingle => left.IsSingle && right.IsSingle;

    public override JqValue One(JqRun run, JqValue input)
    {
        run.Step();
        return JqValue.Of(left.One(run, input).IsTruthy == isAnd ? right.One(run, input).IsTruthy : !isAnd);
    }

    public override IEnumerable<JqValue> All(JqRun run, JqValue input)
    {
        foreach (var first in left.All(run, input))
        {
            run.Step();
            if (first.IsTruthy != isAnd)
            {
                yield return JqValue.Of(!isAnd);
                continue;
            }

            foreach (var second in right.All(run, input))
            {
                yield return JqValue.Of(second.IsTruthy);
            }
        }
    }
}

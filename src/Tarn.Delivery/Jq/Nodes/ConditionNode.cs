using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>if condition then … else … end</c></summary>
internal sealed class ConditionNode(JqNode condition, JqNode then, JqNode otherwise) : JqNode
{
    public override bool IsSingle => condition.IsSingle && then.IsSingle && otherwise.IsSingle;

    /// <summary>Known when both branches give the same.</summary>
    public override IReadOnlyList<string>? ResultKeys
    {
        get
        {
            var keys = then.ResultKeys;
            return keys is not null && otherwise.ResultKeys is { } others && keys.ToHashSet().SetEquals(others)
                ? keys
                : null;
        }
    }

    public override JqValue One(JqRun run, JqValue input)
    {
        run.Step();
        return condition.One(run, input).IsTruthy ? then.One(run, input) : otherwise.One(run, input);
    }

    public override IEnumerable<JqValue> All(JqRun run, JqValue input)
    {
        foreach (var answer in condition.All(run, input))
        {
            run.Step();
            foreach (var value in (answer.IsTruthy ? then : otherwise).All(run, input))
            {
                yield return value;
            }
        }
    }
}

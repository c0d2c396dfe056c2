using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary>A calculation or comparison of two values; the right side changes slowest, as in jq.</summary>
internal sealed class BinaryNode(string @operator, JqNode left, JqNode right) : JqNode
{
    private readonly Func<JqRun, JqValue, JqValue, JqValue> _apply = JqArithmetic.Of(@operator);

    public override bool IsSingle => left.IsSingle && right.IsSingle;

    /// <summary>A sum of two objects has the members of both.</summary>
    public override IReadOnlyList<string>? ResultKeys =>
        @operator == "+" && left.ResultKeys is { } first && right.ResultKeys is { } second
            ? [.. first.Union(second)]
            : null;

    public override JqValue One(JqRun run, JqValue input)
    {
        run.Step();
        var second = right.One(run, input);
        return _apply(run, left.One(run, input), second);
    }

    public override IEnumerable<JqValue> All(JqRun run, JqValue input)
    {
        foreach (var second in right.All(run, input))
        {
            foreach (var first in left.All(run, input))
            {
                run.Step();
                yield return _apply(run, first, second);
            }
        }
    }
}

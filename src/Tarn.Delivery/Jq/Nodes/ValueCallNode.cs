using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary>A function of values: called once for each combination of what its arguments give.</summary>
internal sealed class ValueCallNode(
    IReadOnlyList<JqNode> arguments, Func<JqRun, JqValue, JqValue[], JqValue> apply) : JqNode
{
    public override bool IsSingle { get; } = arguments.All(argument => argument.IsSingle);

    public override JqValue One(JqRun run, JqValue input)
    {
        run.Step();
        return apply(run, input, [.. arguments.Select(argument => argument.One(run, input))]);
    }

    public override IEnumerable<JqValue> All(JqRun run, JqValue input) =>
        Combine(run, input, arguments.Count - 1, []).Select(values =>
        {
            run.Step();
            return apply(run, input, [.. values]);
        });

    private IEnumerable<IEnumerable<JqValue>> Combine(
        JqRun run, JqValue input, int index, IEnumerable<JqValue> after) =>
        index < 0
            ? [after]
            : arguments[index].All(run, input)
                .SelectMany(value => Combine(run, input, index - 1, after.Prepend(value)));
}

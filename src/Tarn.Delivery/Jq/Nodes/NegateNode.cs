using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>-value</c></summary>
internal sealed class NegateNode(JqNode operand) : JqNode
{
    public override bool IsSingle => operand.IsSingle;

    public override JqValue One(JqRun run, JqValue input) => Negate(run, operand.One(run, input));

    public override IEnumerable<JqValue> All(JqRun run, JqValue input) =>
        operand.All(run, input).Select(value => Negate(run, value));

    private static JqValue Negate(JqRun run, JqValue value)
    {
        run.Step();
        return value.Kind == JqKind.Number
            ? JqValue.Of(-value.Number)
            : throw new JqFault($"{value.TypeName} cannot be negated");
    }
}

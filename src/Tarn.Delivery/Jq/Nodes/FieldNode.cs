using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>.name</c> of what its target gives.</summary>
internal sealed class FieldNode(JqNode target, string name, bool isOptional = false) : StepNode
{
    public override bool IsSingle => target.IsSingle && !isOptional;

    public override StepNode AsOptional() => new FieldNode(target, name, isOptional: true);

    public override JqValue One(JqRun run, JqValue input) => Read(run, target.One(run, input));

    public override IEnumerable<JqValue> All(JqRun run, JqValue input) =>
        target.All(run, input).SelectMany(value => Read(isOptional, () => Read(run, value)));

    private JqValue Read(JqRun run, JqValue value)
    {
        run.Step();
        return value.Kind switch
        {
            JqKind.Object => value.Object.At(name),
            JqKind.Null => JqValue.Null,
            _ => throw new JqFault($"cannot index {value.TypeName} with string \"{name}\""),
        };
    }
}

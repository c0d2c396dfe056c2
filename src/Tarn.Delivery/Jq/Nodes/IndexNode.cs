using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>.[expression]</c>: a member by name, an item by number.</summary>
internal sealed class IndexNode : StepNode
{
    private readonly JqNode _target;
    private readonly JqNode _index;

    private readonly bool _isOptional;

    private IndexNode(JqNode target, JqNode index, bool isOptional)
    {
        _target = target;
        _index = index;
        _isOptional = isOptional;
    }

    public override bool IsSingle => _target.IsSingle && _index.IsSingle && !_isOptional;

    public override StepNode AsOptional() => new IndexNode(_target, _index, isOptional: true);

    /// <summary>A field where the index is a name that is known.</summary>
    public static JqNode Of(JqNode target, JqNode index) => index is LiteralNode { Value.Kind: JqKind.Text } name
        ? new FieldNode(target, name.Value.Text)
        : new IndexNode(target, index, isOptional: false);

    public override JqValue One(JqRun run, JqValue input) =>
        Read(run, _target.One(run, input), _index.One(run, input));

    public override IEnumerable<JqValue> All(JqRun run, JqValue input) =>
        from index in _index.All(run, input)
        from value in _target.All(run, input)
        from item in Read(_isOptional, () => Read(run, value, index))
        select item;

    private static JqValue Read(JqRun run, JqValue value, JqValue index)
    {
        run.Step();
        return (value.Kind, index.Kind) switch
        {
            (JqKind.Object, JqKind.Text) => value.Object.At(index.Text),
            (JqKind.Array, JqKind.Number) => value.Array.At(index.Number),
            (JqKind.Null, JqKind.Text or JqKind.Number) => JqValue.Null,
            (_, JqKind.Text) => throw new JqFault($"cannot index {value.TypeName} with string \"{index.Text}\""),
            _ => throw new JqFault($"cannot index {value.TypeName} with {index.TypeName}"),
        };
    }
}

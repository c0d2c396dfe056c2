using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>.[from:to]</c> of a text, counted in code points, or of an array.</summary>
internal sealed class SliceNode(JqNode target, JqNode? from, JqNode? to, bool isOptional = false) : StepNode
{
    private static readonly LiteralNode Open = new(JqValue.Null);

    private readonly JqNode _from = from ?? Open;
    private readonly JqNode _to = to ?? Open;

    public override bool IsSingle => target.IsSingle && _from.IsSingle && _to.IsSingle && !isOptional;

    public override StepNode AsOptional() => new SliceNode(target, from, to, isOptional: true);

    public override JqValue One(JqRun run, JqValue input) =>
        Read(run, target.One(run, input), _from.One(run, input), _to.One(run, input));

    public override IEnumerable<JqValue> All(JqRun run, JqValue input) =>
        from end in _to.All(run, input)
        from start in _from.All(run, input)
        from value in target.All(run, input)
        from slice in Read(isOptional, () => Read(run, value, start, end))
        select slice;

    private static JqValue Read(JqRun run, JqValue value, JqValue start, JqValue end)
    {
        run.Step();
        if (value.Kind == JqKind.Null)
        {
            return JqValue.Null;
        }

        if (value.Kind is not (JqKind.Text or JqKind.Array))
        {
            throw new JqFault($"cannot slice {value.TypeName}");
        }

        var length = value.Kind == JqKind.Text ? JqText.Length(value.Text) : value.Array.Count;
        var first = Place(start, length, whenOpen: 0, Math.Floor);
        var last = Math.Max(first, Place(end, length, whenOpen: length, Math.Ceiling));
        run.Grow(last - first);
        return value.Kind == JqKind.Text
            ? JqValue.Of(JqText.Slice(value.Text, first, last))
            : JqValue.Of([.. value.Array.Items.Skip(first).Take(last - first)]);
    }

    private static int Place(JqValue bound, int length, int whenOpen, Func<double, double> round)
    {
        if (bound.Kind == JqKind.Null)
        {
            return whenOpen;
        }

        if (bound.Kind != JqKind.Number)
        {
            throw new JqFault("start and end indices of a slice must be numbers");
        }

        var place = bound.Number < 0 ? bound.Number + length : bound.Number;
        return (int)Math.Clamp(round(place), 0, length);
    }
}

using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>[…]</c>: all values as one array.</summary>
internal sealed class ArrayNode(JqNode items) : JqNode
{
    public override bool IsSingle => true;

    public override JqValue One(JqRun run, JqValue input)
    {
        var list = new List<JqValue>();
        foreach (var item in items.All(run, input))
        {
            run.Step();
            run.Grow(1);
            list.Add(item);
        }

        return JqValue.Of(list);
    }
}

using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary><c>…?</c>: a fault ends the values instead.</summary>
internal sealed class OptionalNode(JqNode target) : JqNode
{
    public override bool IsSingle => false;

    public override IEnumerable<JqValue> All(JqRun run, JqValue input)
    {
        using var values = target.All(run, input).GetEnumerator();
        while (HasNext(values))
        {
            yield return values.Current;
        }
    }

    private static bool HasNext(IEnumerator<JqValue> values)
    {
        try
        {
            return values.MoveNext();
        }
        catch (JqFault)
        {
            return false;
        }
    }
}

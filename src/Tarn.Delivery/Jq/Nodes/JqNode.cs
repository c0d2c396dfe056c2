using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary>
/// A part of a query: for one value it gives any number of values. One that always gives exactly one is asked for it
/// without the cost of a sequence.
/// </summary>
internal abstract class JqNode
{
    /// <summary>Whether there is always exactly one value, or a fault.</summary>
    public abstract bool IsSingle { get; }

    /// <summary>Names of the result's members, where the query's text fixes them; null otherwise.</summary>
    public virtual IReadOnlyList<string>? ResultKeys => null;

    /// <summary>The one value. Only for those that are single.</summary>
    public virtual JqValue One(JqRun run, JqValue input) => All(run, input).Single();

    /// <summary>All values, made as they are asked for.</summary>
    public virtual IEnumerable<JqValue> All(JqRun run, JqValue input)
    {
        yield return One(run, input);
    }

    /// <summary>The first value, or null when there is none.</summary>
    public JqValue? First(JqRun run, JqValue input)
    {
        if (IsSingle)
        {
            return One(run, input);
        }

        foreach (var value in All(run, input))
        {
            return value;
        }

        return null;
    }
}

using Tarn.Delivery.Jq.Values;

namespace Tarn.Delivery.Jq.Nodes;

/// <summary>
/// One step into what a target gives. A '?' right behind it covers this step alone, not the target's own faults.
/// </summary>
internal abstract class StepNode : JqNode
{
    /// <summary>The same step, whose faults give no value.</summary>
    public abstract StepNode AsOptional();

    /// <summary>What reading gives: one value, or when the step is optional perhaps none.</summary>
    protected static IEnumerable<JqValue> Read(bool isOptional, Func<JqValue> read)
    {
        if (!isOptional)
        {
            return [read()];
        }

        try
        {
            return [read()];
        }
        catch (JqFault)
        {
            return [];
        }
    }
}

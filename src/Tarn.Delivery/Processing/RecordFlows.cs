namespace Tarn.Delivery.Processing;

/// <summary>Makes flows of declared steps.</summary>
internal static class RecordFlows
{
    /// <summary>
    /// The flow of <paramref name="steps"/>, in Firehose's order whatever order they stand in; null when there is
    /// nothing to do. Throws Invalid when a step's settings cannot be used.
    /// </summary>
    public static IRecordFlow? Build(IReadOnlyList<RecordStep> steps, FlowContext context)
    {
        var flows = new List<IRecordFlow>();
        foreach (var step in steps)
        {
            flows.Add(step switch
            {
                MetadataStep metadata => context.Metadata(metadata),
                _ => throw new ArgumentOutOfRangeException(nameof(steps), step, message: null),
            });
        }

        return flows.Count == 0 ? null : flows[0];
    }
}

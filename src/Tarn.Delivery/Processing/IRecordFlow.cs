namespace Tarn.Delivery.Processing;

/// <summary>
/// One or more steps. The same input gives the same output, but for what a function answers. One chunk at a time.
/// </summary>
internal interface IRecordFlow
{
    /// <summary>
    /// Adds what comes of <paramref name="input"/> to <paramref name="output"/>. A record's fault is an entry there;
    /// throwing means that nothing of the chunk may be used, such as on cancel.
    /// </summary>
    ValueTask RunAsync(IReadOnlyList<FlowRecord> input, FlowOutput output, CancellationToken cancellation);
}

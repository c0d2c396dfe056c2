namespace Tarn.Delivery;

/// <summary>
/// Hands records to a function in calls of bounded size, and goes on with what it answers. The function may change,
/// drop or refuse each record, and give it partition keys.
/// </summary>
public sealed record LambdaStep : RecordStep
{
    /// <summary>The function, as the configuration's map of functions names it.</summary>
    public required string FunctionArn { get; init; }

    /// <summary>A call holds this many bytes of records, 0.2 to 3 MiB, by default 1 MiB.</summary>
    public long BufferBytesMax { get; init; } = 1L << 20;

    /// <summary>
    /// How long records may wait for a call to fill, 0 to 900. Batches are made of the log, so nothing waits for a
    /// call longer than for its batch; the number is kept as it was given.
    /// </summary>
    public int BufferSeconds { get; init; } = 60;

    /// <summary>Further attempts after a call that failed for a passing reason, 0 to 300.</summary>
    public int Retries { get; init; } = 3;
}

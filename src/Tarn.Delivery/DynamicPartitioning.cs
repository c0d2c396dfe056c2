namespace Tarn.Delivery;

/// <summary>Records go to a prefix of their own for each set of keys that a step finds in them.</summary>
public sealed record DynamicPartitioning
{
    /// <summary>
    /// How long a partition's object is tried before its records go to the error prefix instead, 0 to 7,200.
    /// </summary>
    public int RetrySeconds { get; init; } = 300;
}

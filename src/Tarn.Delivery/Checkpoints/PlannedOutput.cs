namespace Tarn.Delivery.Checkpoints;

/// <summary>An object that a batch becomes, or one of several.</summary>
/// <remarks>
/// Layout, within <c>batch</c>: <c>{"object":"s3://…","kind":"Data","records":2,"partition":["2026","11","23","04"],
/// "location":"s3://…/"}</c>.
/// </remarks>
internal sealed record PlannedOutput
{
    /// <summary><c>s3://bucket/key</c>.</summary>
    public required string Object { get; init; }

    public required OutputKind Kind { get; init; }

    /// <summary>Lines or rows; 0: known only when an endpoint has answered, which may leave none.</summary>
    public required long Records { get; init; }

    /// <summary>Values of the table's partition keys; null: no partition is registered.</summary>
    public IReadOnlyList<string>? Partition { get; init; }

    /// <summary>The folder of <see cref="Object"/>, where the partition lies.</summary>
    public string? Location { get; init; }
}

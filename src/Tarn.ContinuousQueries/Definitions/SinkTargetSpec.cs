namespace Tarn.ContinuousQueries.Definitions;

/// <summary>Where a sink writes.</summary>
/// <param name="Name">The stream, <c>database.table</c>, or the webhook.</param>
internal sealed record SinkTargetSpec(SinkTargetKind Kind, string Name)
{
    /// <summary>As SHOW SINKS says it.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Name}";
}

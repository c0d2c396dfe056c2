namespace Tarn.ContinuousQueries.Definitions;

/// <summary>A source as it is stored: resource kind <c>source</c>.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Sql">The statement that made it.</param>
/// <param name="Text">The statement's tokens; equal texts are the same definition.</param>
internal sealed record SourceSpec(
    string Name, IReadOnlyList<SourceColumn> Columns, string Stream, string Sql, string Text)
{
    public SourceFormat Format { get; init; }

    /// <summary>Null: the source has no event time, and views over it no windows that close.</summary>
    public WatermarkSpec? Watermark { get; init; }

    /// <summary>Definitions of the first version have none stored.</summary>
    public SourceOptions Options { get => field ?? new SourceOptions(); init; } = new();
}

namespace Tarn.ContinuousQueries.Details;

/// <summary>A source that a view reads.</summary>
/// <param name="Stream">Null: the source was dropped.</param>
public sealed record QueryInput(string Source, string? Stream);

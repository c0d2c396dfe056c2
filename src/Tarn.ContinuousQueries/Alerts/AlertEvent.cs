namespace Tarn.ContinuousQueries.Alerts;

/// <summary>Something to tell of a row.</summary>
/// <param name="Current">The row as a JSON object as it is now, or null: it is gone.</param>
internal sealed record AlertEvent(AlertEventKind Kind, AlertRow Row, string? Current);

namespace Tarn.Delivery;

/// <summary>The time that a record itself tells.</summary>
/// <param name="Field">Its member; dots lead into objects: <c>event.played_at</c>.</param>
/// <param name="Format">
/// <c>iso8601</c>, <c>epoch_s</c>, <c>epoch_ms</c> or a pattern as Java's DateTimeFormatter has them; null: iso8601 for
/// text, epoch by magnitude for numbers.
/// </param>
public sealed record EventTime(string Field, string? Format);

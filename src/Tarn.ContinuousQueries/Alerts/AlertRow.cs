using System.Text.Json.Serialization;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>
/// A row of the view for which an alert's condition holds, pending or firing: resource kind <c>alert-row</c>. A row
/// that is neither has none.
/// </summary>
/// <param name="Key">The values of the view's keys as a JSON object; <c>{}</c>: the view as one.</param>
/// <param name="Row">The row as a JSON object, as it was when the state changed.</param>
/// <param name="Since">When the condition began to hold.</param>
internal sealed record AlertRow(string Key, string Row, DateTimeOffset Since)
{
    /// <summary>Since when it fires; null: it is pending.</summary>
    public DateTimeOffset? FiresSince { get; init; }

    /// <summary>When it was last said that it fires.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    [JsonIgnore]
    public bool Fires => FiresSince is not null;
}

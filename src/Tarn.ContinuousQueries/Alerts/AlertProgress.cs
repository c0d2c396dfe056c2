namespace Tarn.ContinuousQueries.Alerts;

/// <summary>What is known of an alert besides its rows: resource kind <c>alert-progress</c>.</summary>
/// <param name="LastAcknowledged">When a notification was last acknowledged.</param>
internal sealed record AlertProgress(DateTimeOffset LastAcknowledged);

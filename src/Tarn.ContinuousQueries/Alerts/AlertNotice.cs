namespace Tarn.ContinuousQueries.Alerts;

/// <summary>A notification that is not acknowledged yet: resource kind <c>alert-notice</c>.</summary>
/// <param name="Number">Rises; notifications of one target are sent in its order.</param>
/// <param name="Target">The target as text, such as <c>webhook 'ops'</c>.</param>
/// <param name="EventId">The same for every attempt and every target.</param>
/// <param name="Body">JSON.</param>
internal sealed record AlertNotice(long Number, string Target, string EventId, string Body);

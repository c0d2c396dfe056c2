namespace Tarn.Storage.Objects.Notifications;

/// <summary>How many events wait for a stream, and since when the oldest of them.</summary>
public sealed record WaitingEvents(string Stream, long Count, DateTimeOffset Oldest);

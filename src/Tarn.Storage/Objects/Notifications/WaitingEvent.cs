namespace Tarn.Storage.Objects.Notifications;

/// <summary>An event that its stream has not got yet.</summary>
/// <param name="Id">Greater than those of all events before it, in the order in which objects changed.</param>
/// <param name="Stream">Where it is to go.</param>
/// <param name="Rule">Id of the rule that asked for it.</param>
/// <param name="Time">When the object changed.</param>
/// <param name="Size">Bytes; null where the object is gone.</param>
/// <param name="ETag">Without quotes; null where the object is gone.</param>
/// <param name="VersionId">Of a bucket that keeps versions; else null.</param>
public sealed record WaitingEvent(
    long Id, string Stream, string Rule, ObjectEvent What, DateTimeOffset Time, ObjectKey Key, long? Size,
    string? ETag, string? VersionId);

namespace Tarn.Storage.Objects.Notifications;

/// <summary>Which events of a bucket go to which stream.</summary>
/// <param name="Id">Unique in the bucket.</param>
/// <param name="Stream">Name of a stream of this lake.</param>
/// <param name="Events">Of <see cref="ObjectEventNames.Patterns"/>.</param>
/// <param name="Prefix">What keys begin with, or null.</param>
/// <param name="Suffix">What keys end with, or null.</param>
public sealed record NotificationRule(
    string Id, string Stream, IReadOnlyList<string> Events, string? Prefix, string? Suffix)
{
    public bool Fits(ObjectEvent what, string key) =>
        Events.Any(pattern => ObjectEventNames.Fits(pattern, what))
        && key.StartsWith(Prefix ?? "", StringComparison.Ordinal)
        && key.EndsWith(Suffix ?? "", StringComparison.Ordinal);
}

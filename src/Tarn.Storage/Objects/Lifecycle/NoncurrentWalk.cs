using Tarn.Storage.Objects.Versions;

namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>
/// Decides about versions as they come in a listing: by key, each key's newest first, page after page. A version is
/// noncurrent since the one above it came.
/// </summary>
internal sealed class NoncurrentWalk(LifecycleConfiguration rules, DateTimeOffset now)
{
    private ObjectKey _key = new("", "");
    private DateTimeOffset _replaced;
    private int _newer;

    /// <summary>To be asked of every version once, in order.</summary>
    public bool IsNoncurrentDue(ObjectVersion version)
    {
        if (version.Key != _key)
        {
            (_key, _newer) = (version.Key, 0);
        }

        var (replaced, newer) = (_replaced, _newer);
        _replaced = version.Info.LastModified;
        if (version.IsLatest)
        {
            return false;
        }

        _newer += version.IsMarker ? 0 : 1;
        return rules.Rules.Any(rule => rule.IsEnabled
            && rule.NoncurrentDays is { } days
            && newer >= (rule.NewerNoncurrentVersions ?? 0)
            && LifecycleDays.After(replaced, days) <= now
            && rule.Filter.Fits(version.Info));
    }

    /// <summary>
    /// Whether the marker is to go if nothing is left below it: a rule says so, or its own age is one that a rule makes
    /// objects expire at.
    /// </summary>
    public bool IsMarkerDue(ObjectVersion version) => version is { IsMarker: true, IsLatest: true }
        && rules.Rules.Any(rule => rule.ExpiryOf(version.Info) is { } at && at <= now
            || (rule is { IsEnabled: true, ExpiresDeleteMarkers: true } && rule.Filter.Fits(version.Info)));
}

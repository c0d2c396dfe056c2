namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>
/// One rule of a bucket's lifecycle: https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
/// </summary>
/// <param name="Id">Unique in the bucket.</param>
/// <param name="IsEnabled">A rule that is not does nothing.</param>
/// <param name="IsOldForm">It was put with a prefix of its own instead of a filter, and is shown so.</param>
public sealed record LifecycleRule(string Id, bool IsEnabled, bool IsOldForm, LifecycleFilter Filter)
{
    /// <summary>Objects expire this many days after they were put, at midnight.</summary>
    public int? ExpirationDays { get; init; }

    /// <summary>All objects expire from this day on, midnight UTC.</summary>
    public DateTimeOffset? ExpirationDate { get; init; }

    /// <summary>
    /// Delete markers below which nothing is left are removed; null: not stated. Those that the days or the date above
    /// are about are removed in any case.
    /// </summary>
    public bool? ExpiresDeleteMarkers { get; init; }

    /// <summary>Versions expire this many days after they were replaced or deleted, at midnight.</summary>
    public int? NoncurrentDays { get; init; }

    /// <summary>So many of the newest of them stay, however old; null: none.</summary>
    public int? NewerNoncurrentVersions { get; init; }

    /// <summary>Uploads expire this many days after they were begun, at midnight.</summary>
    public int? AbortUploadsAfterDays { get; init; }

    /// <summary>It says when current objects expire.</summary>
    internal bool IsAboutObjects => ExpirationDays is not null || ExpirationDate is not null;

    /// <summary>It says when earlier versions or delete markers go; the latter expire like objects too.</summary>
    internal bool IsAboutVersions => IsAboutObjects || NoncurrentDays is not null || ExpiresDeleteMarkers == true;

    /// <summary>When the rule makes this current object expire; null: never.</summary>
    public DateTimeOffset? ExpiryOf(ObjectInfo info)
    {
        if (!IsEnabled || !Filter.Fits(info))
        {
            return null;
        }

        return ExpirationDate ?? (ExpirationDays is { } days ? LifecycleDays.After(info.LastModified, days) : null);
    }

    /// <summary>When the rule ends an upload to this key; null: never.</summary>
    public DateTimeOffset? EndOfUpload(string key, DateTimeOffset initiated) =>
        IsEnabled && Filter.FitsKey(key) && AbortUploadsAfterDays is { } days
            ? LifecycleDays.After(initiated, days)
            : null;
}

namespace Tarn.Storage.Objects.Notifications;

/// <summary>
/// S3's names of events, and the patterns that settings name them by (<c>s3:ObjectCreated:*</c>):
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
/// </summary>
public static class ObjectEventNames
{
    private const string Scheme = "s3:";

    // In the order of the enum; a name that was ever stored never changes.
    private static readonly string[] Names =
    [
        "ObjectCreated:Put",
        "ObjectCreated:Post",
        "ObjectCreated:Copy",
        "ObjectCreated:CompleteMultipartUpload",
        "ObjectRemoved:Delete",
        "ObjectRemoved:DeleteMarkerCreated",
        "LifecycleExpiration:Delete",
        "LifecycleExpiration:DeleteMarkerCreated",
        "ObjectTagging:Put",
        "ObjectTagging:Delete",
    ];

    /// <summary>Every pattern that stands for something that can happen here.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
    [
        .. Names.Select(name => Scheme + name),
        .. Names.Select(name => Scheme + name[..(name.IndexOf(':', StringComparison.Ordinal) + 1)] + "*").Distinct(),
    ];

    /// <summary>As messages carry it: <c>ObjectCreated:Put</c>.</summary>
    public static string Of(ObjectEvent what) => Names[(int)what];

    /// <summary>Whether the pattern stands for this event.</summary>
    public static bool Fits(string pattern, ObjectEvent what) => pattern.EndsWith('*')
        ? Of(what).StartsWith(pattern[Scheme.Length..^1], StringComparison.Ordinal)
        : Of(what) == pattern[Scheme.Length..];

    /// <summary>Whether some event fits both patterns.</summary>
    public static bool Overlap(string one, string other) =>
        Enum.GetValues<ObjectEvent>().Any(what => Fits(one, what) && Fits(other, what));

    internal static ObjectEvent Parse(string name) => (ObjectEvent)Array.IndexOf(Names, name);
}

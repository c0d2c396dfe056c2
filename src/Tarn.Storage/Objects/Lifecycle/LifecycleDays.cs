namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>
/// How S3 counts days: the days are added, and the result is rounded up to the next midnight UTC.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
/// </summary>
internal static class LifecycleDays
{
    public static DateTimeOffset After(DateTimeOffset start, int days)
    {
        // Rules may name more days than a calendar has.
        var midnight = new DateTimeOffset(start.UtcDateTime.Date, TimeSpan.Zero);
        return (DateTimeOffset.MaxValue - midnight).TotalDays > days + 1L
            ? midnight.AddDays(days + 1L)
            : DateTimeOffset.MaxValue;
    }
}

using Tarn.Delivery;

namespace Tarn.Aws.Firehose.Destinations;

/// <summary>Reads where objects go, and how large and how compressed they are.</summary>
internal static class OutputReader
{
    /// <param name="settings">With its defaults.</param>
    public static ObjectOutput Read(S3Settings settings)
    {
        if (settings.RoleARN is null || settings.BucketARN is null)
        {
            // An update may be the first to speak of a backup.
            throw FirehoseErrors.InvalidArgument("An S3 destination requires RoleARN and BucketARN");
        }

        var hints = settings.BufferingHints!;
        var (size, interval) = CheckHints(hints.SizeInMBs, hints.IntervalInSeconds);
        return new ObjectOutput
        {
            Bucket = settings.BucketARN[(settings.BucketARN.LastIndexOf(':') + 1)..],
            Prefix = settings.Prefix ?? "",
            ErrorPrefix = settings.ErrorOutputPrefix ?? "",
            Compression = Compressions.Of(settings.CompressionFormat!),
            BufferSeconds = interval,
            BufferBytesMax = size,
        };
    }

    /// <param name="settings">With its defaults.</param>
    public static ObjectOutput Read(ExtendedS3Settings settings) => Read((S3Settings)settings) with
    {
        TimeZone = settings.CustomTimeZone is { Length: > 0 } zone ? zone : "UTC",
        FileExtension = settings.FileExtension is { Length: > 0 } extension ? extension : null,
    };

    /// <summary>Bytes and seconds. One of the two needs the other.</summary>
    public static (long Bytes, int Seconds) CheckHints(int? sizeInMBs, int? intervalInSeconds) =>
        (sizeInMBs, intervalInSeconds) is ({ } size, { } interval)
            ? ((long)size << 20, interval)
            : throw FirehoseErrors.InvalidArgument(
                "SizeInMBs and IntervalInSeconds of BufferingHints must be given together.");
}

using Tarn.Aws.Protocol;

namespace Tarn.Aws.S3;

/// <summary>The body of an object or of a part, which must have a length of at most 5 GiB.</summary>
internal static class SentBody
{
    private const long BytesMax = 5L << 30;

    public static readonly IReadOnlyList<string> Headers =
        ["x-amz-checksum-", "x-amz-trailer", "x-amz-decoded-content-length"];

    public static S3Body Open(S3Call call)
    {
        var body = S3Body.Open(call);
        return body.Length switch
        {
            null => throw new AwsException(
                "MissingContentLength", 411, "You must provide the Content-Length HTTP header."),
            > BytesMax => throw TooLarge(),
            _ => body,
        };
    }

    public static void CheckCopied(long bytes)
    {
        if (bytes > BytesMax)
        {
            throw new AwsException(
                "InvalidRequest",
                400,
                "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");
        }
    }

    private static AwsException TooLarge() => new(
        "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size of 5 GiB");
}

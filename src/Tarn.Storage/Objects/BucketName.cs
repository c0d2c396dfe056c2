using System.Net;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects;

/// <summary>
/// S3's rules for bucket names: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
/// </summary>
internal static class BucketName
{
    private static readonly string[] ReservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
    private static readonly string[] ReservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    /// <summary>Fails with Invalid, code InvalidBucketName.</summary>
    public static void Check(string name)
    {
        if (Fault(name) is { } fault)
        {
            throw new TarnException(ErrorKind.Invalid, $"'{name}' is not a bucket name", fault)
            {
                Code = "InvalidBucketName",
            };
        }
    }

    private static string? Fault(string name)
    {
        if (name.Length is < 3 or > 63)
            return "it must have 3 to 63 characters";
        if (name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '-')))
            return "it may hold lower-case letters, digits, dots and hyphens only";
        if (!char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]))
            return "it must begin and end with a letter or digit";
        if (name.Contains("..", StringComparison.Ordinal))
            return "it may not hold two dots in a row";
        if (name.Count(c => c == '.') == 3 && IPAddress.TryParse(name, out _))
            return "it may not look like an IP address";
        if (ReservedPrefixes.FirstOrDefault(p => name.StartsWith(p, StringComparison.Ordinal)) is { } prefix)
            return $"names that begin with '{prefix}' are reserved";
        if (ReservedSuffixes.FirstOrDefault(s => name.EndsWith(s, StringComparison.Ordinal)) is { } suffix)
            return $"names that end with '{suffix}' are reserved";
        return null;
    }
}

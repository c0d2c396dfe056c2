using Microsoft.AspNetCore.Http;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Checksums;
using Tarn.Aws.Protocol.Signing;

namespace Tarn.Aws.S3;

/// <summary>
/// The signer of a presigned URL may put x-amz- headers into its query, where the signature covers them. They mean the
/// same there, but for one: the JavaScript SDK, which has no body when it signs, states the checksum of an empty one
/// in every URL of a put. S3 takes any body with it, and so does Tarn; another checksum there is verified.
/// </summary>
internal static class PresignedHeaders
{
    private const string ChecksumPrefix = "x-amz-checksum-";

    /// <summary>Takes them and the signature's own parameters out of the query's.</summary>
    public static void Move(Dictionary<string, string> parameters, IHeaderDictionary headers)
    {
        foreach (var (name, value) in parameters.ToList())
        {
            if (!name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            parameters.Remove(name);
            if (PresignedQuery.IsParameter(name) || IsOfNoBody(name, value))
            {
                continue;
            }

            HeaderText.Check(name, value);
            if (!headers.TryAdd(name, value) && headers[name] != value)
            {
                throw new AwsException(
                    "InvalidArgument", 400, $"'{name}' is '{value}' in the URL and another in the header")
                {
                    Elements = [new("ArgumentName", name), new("ArgumentValue", headers[name].ToString())],
                };
            }
        }
    }

    private static bool IsOfNoBody(string name, string value)
    {
        if (!name.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        using var checksum = RunningChecksum.Create(name[ChecksumPrefix.Length..].ToLowerInvariant());
        return checksum is not null && Convert.ToBase64String(checksum.Finish()) == value;
    }
}

using Microsoft.AspNetCore.Http;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Signing;

namespace Tarn.Aws.S3;

/// <summary>
/// The signer of a presigned URL may put x-amz- headers into its query, where the signature covers them. They mean the
/// same there.
/// </summary>
internal static class PresignedHeaders
{
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
            if (PresignedQuery.IsParameter(name))
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
}

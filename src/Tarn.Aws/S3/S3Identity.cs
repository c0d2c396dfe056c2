using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Signing;

namespace Tarn.Aws.S3;

/// <summary>Who sends a request, as its signature in the Authorization header or in the query proves.</summary>
/// <param name="Signature">Verified; null for a request without one: its sender is anonymous.</param>
/// <param name="Payload">What stands for the body: its hash, or a word of <see cref="PayloadHash"/>.</param>
/// <param name="IsPresigned">The signature stood in the query, which may then hold headers, too.</param>
internal readonly record struct S3Identity(OpenSignature? Signature, string Payload, bool IsPresigned)
{
    private const string OldForm =
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";

    public static S3Identity Verify(SignatureVerifier verifier, SignableRequest request)
    {
        var stated = request.Headers[PayloadHash.Header].ToString();
        if (PresignedQuery.Is(request.Query))
        {
            var query = PresignedQuery.Parse(request.Query);
            var signature = verifier.OpenQuery(request, query, AwsService.S3.Name);
            var payload = query.PayloadHash ?? (stated.Length > 0 ? stated : PayloadHash.Unsigned);
            signature.Verify(payload);
            return new S3Identity(signature, payload, IsPresigned: true);
        }

        RefuseOldForms(request);
        if (request.Headers.Authorization.Count == 0)
        {
            return new S3Identity(null, stated.Length > 0 ? stated : PayloadHash.Unsigned, IsPresigned: false);
        }

        var opened = verifier.Open(request, AwsService.S3.Name);
        opened.Verify(stated.Length > 0
            ? stated
            : throw new AwsException(
                "InvalidRequest", 400, $"Missing required header for this request: {PayloadHash.Header}"));
        return new S3Identity(opened, stated, IsPresigned: false);
    }

    /// <summary>Signature V2, which S3 no longer takes either, and what is no signature at all.</summary>
    private static void RefuseOldForms(SignableRequest request)
    {
        if (request.Headers.Authorization.ToString().StartsWith("AWS ", StringComparison.Ordinal)
            || request.Query.Contains("AWSAccessKeyId=", StringComparison.Ordinal))
        {
            throw new AwsException("InvalidRequest", 400, OldForm);
        }

        if (request.Headers.Authorization.Count > 0
            && !request.Headers.Authorization.ToString().StartsWith("AWS4-", StringComparison.Ordinal))
        {
            throw new AwsException("InvalidArgument", 400, "Unsupported Authorization Type")
            {
                Elements =
                [
                    new("ArgumentName", "Authorization"),
                    new("ArgumentValue", request.Headers.Authorization.ToString()),
                ],
            };
        }
    }
}

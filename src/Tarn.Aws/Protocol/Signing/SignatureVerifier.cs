using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// Checks Signature V4 on every request, in header form and (S3 only) in the query of a presigned URL. Two steps, so
/// that no body is read for a caller without a valid key:
/// <code>
/// Open: header form -> key -> session token -> date, skew -> scope -> covered headers     (before the body)
/// OpenSignature.Verify: canonical request -> HMAC -> constant-time compare                (with the payload hash)
/// </code>
/// </summary>
internal sealed partial class SignatureVerifier(IAccessKeys keys, TimeProvider time)
{
    public static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(15);

    private const string SecurityToken = "x-amz-security-token";
    private const string TimestampFormat = "yyyyMMdd'T'HHmmss'Z'";
    private readonly Remembered<Credential> _credentials =
        new(text => Credential.Parse(text, SignatureFault.Incomplete));

    private readonly Remembered<SignedHeaders> _signedHeaders = new(text => new SignedHeaders(text));

    /// <summary>
    /// The first step. <paramref name="service"/> is the one that the operation belongs to; any region is taken.
    /// </summary>
    public OpenSignature Open(SignableRequest request, string service)
    {
        if (request.Query.Length > 0 && PresignedQuery.Is(request.Query))
        {
            throw new SignatureException(
                SignatureFault.Unsupported, "tarn takes a signature in the query (a presigned URL) of S3 only");
        }

        var authorization = AuthorizationHeader.Parse(request.Headers.Authorization);
        var credential = _credentials.Of(authorization.Credential.Span);
        var key = FindKey(credential);
        if (request.Headers.ContainsKey(SecurityToken))
        {
            throw NoSessions();
        }

        var timestamp = Timestamp(request.Headers);
        CheckScope(credential.Scope, timestamp, service);
        var signedHeaders = _signedHeaders.Of(authorization.SignedHeaders.Span);
        CheckCovered(request.Headers, signedHeaders);
        return new OpenSignature(request, authorization.Signature, signedHeaders, credential, key, timestamp);
    }

    private AccessKey FindKey(Credential credential) => keys.Find(credential.AccessKeyId)
        ?? throw new SignatureException(
            SignatureFault.UnknownKey, $"the access key id '{credential.AccessKeyId}' does not exist in this lake")
        {
            Elements = [new("AWSAccessKeyId", credential.AccessKeyId)],
        };

    private static SignatureException NoSessions() => new(
        SignatureFault.SessionToken, "the security token is invalid: this lake issues no session tokens");

    private string Timestamp(IHeaderDictionary headers)
    {
        var text = headers["x-amz-date"].ToString();
        var parsed = TryParseTimestamp(text, out var sent);
        if (!parsed && text.Length == 0)
        {
            parsed = DateTimeOffset.TryParseExact(
                headers.Date.ToString(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out sent);
            text = sent.UtcDateTime.ToString(TimestampFormat, CultureInfo.InvariantCulture);
        }

        if (!parsed)
        {
            throw new SignatureException(
                SignatureFault.Incomplete, "Authorization header requires a valid 'X-Amz-Date' or 'Date' header");
        }

        var now = time.GetUtcNow();
        if ((now - sent).Duration() > SkewMax)
        {
            throw new SignatureException(
                SignatureFault.Skewed,
                $"the request time {text} is more than 15 minutes from the server's ({now:yyyyMMdd'T'HHmmss'Z'})")
            {
                Elements =
                [
                    new("RequestTime", text),
                    new("ServerTime", Iso(now)),
                    new(
                        "MaxAllowedSkewMilliseconds",
                        SkewMax.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)),
                ],
            };
        }

        return text;
    }

    private static bool TryParseTimestamp(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, TimestampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    private static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void CheckScope(CredentialScope scope, string timestamp, string service)
    {
        if (!timestamp.StartsWith(scope.Date, StringComparison.Ordinal))
        {
            throw new SignatureException(
                SignatureFault.WrongScope, $"the credential is scoped to {scope.Date}, the request is of {timestamp}");
        }

        if (scope.Service != service)
        {
            throw new SignatureException(
                SignatureFault.WrongScope,
                $"the credential is scoped to service '{scope.Service}', the operation belongs to '{service}'");
        }
    }

    private static void CheckCovered(IHeaderDictionary headers, SignedHeaders signed)
    {
        if (!signed.CoversHost)
        {
            throw new SignatureException(SignatureFault.Unsigned, "the 'host' header must be among the signed headers");
        }

        foreach (var (name, _) in headers)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !signed.Covers(name))
            {
                throw new SignatureException(
                    SignatureFault.Unsigned, $"the header '{name}' was present in the request and not signed")
                {
                    Elements = [new("HeadersNotSigned", name.ToLowerInvariant())],
                };
            }
        }
    }
}

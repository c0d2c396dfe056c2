using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// Checks Signature V4 in header form on every request. Two steps, so that no body is read for a caller without a
/// valid key:
/// <code>
/// Open: header form -> key -> session token -> date, skew -> scope -> covered headers     (before the body)
/// OpenSignature.Verify: canonical request -> HMAC -> constant-time compare                (with the payload hash)
/// </code>
/// </summary>
internal sealed class SignatureVerifier(IAccessKeys keys, TimeProvider time)
{
    public static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(15);

    private const string TimestampFormat = "yyyyMMdd'T'HHmmss'Z'";
    private readonly Remembered<Credential> _credentials = new(Credential.Parse);
    private readonly Remembered<SignedHeaders> _signedHeaders = new(text => new SignedHeaders(text));

    /// <summary>
    /// The first step. <paramref name="service"/> is the one that the operation belongs to; any region is taken.
    /// </summary>
    public OpenSignature Open(SignableRequest request, string service)
    {
        if (request.Query.Length > 0
            && (request.Query.Contains("X-Amz-Signature=", StringComparison.OrdinalIgnoreCase)
                || request.Query.Contains("X-Amz-Algorithm=", StringComparison.OrdinalIgnoreCase)))
        {
            throw new SignatureException(
                SignatureFault.Unsupported, "tarn does not implement presigned URLs (signature in the query) yet");
        }

        var authorization = AuthorizationHeader.Parse(request.Headers.Authorization);
        var credential = _credentials.Of(authorization.Credential.Span);
        var key = keys.Find(credential.AccessKeyId) ?? throw new SignatureException(
            SignatureFault.UnknownKey, $"the access key id '{credential.AccessKeyId}' does not exist in this lake");
        if (request.Headers.ContainsKey("x-amz-security-token"))
        {
            throw new SignatureException(
                SignatureFault.SessionToken, "the security token is invalid: this lake issues no session tokens");
        }

        var timestamp = Timestamp(request.Headers);
        CheckScope(credential.Scope, timestamp, service);
        var signedHeaders = _signedHeaders.Of(authorization.SignedHeaders.Span);
        CheckCovered(request.Headers, signedHeaders);
        return new OpenSignature(request, authorization.Signature, signedHeaders, credential, key, timestamp);
    }

    private string Timestamp(IHeaderDictionary headers)
    {
        var text = headers["x-amz-date"].ToString();
        var parsed = DateTimeOffset.TryParseExact(
            text, TimestampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent);
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
                $"the request time {text} is more than 15 minutes from the server's ({now:yyyyMMdd'T'HHmmss'Z'})");
        }

        return text;
    }

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
                    SignatureFault.Unsigned, $"the header '{name}' was present in the request and not signed");
            }
        }
    }
}

using System.Globalization;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>Presigned URLs: the signature stands in the query and is good for a time that the signer chose.</summary>
internal sealed partial class SignatureVerifier
{
    private readonly Remembered<Credential> _queryCredentials =
        new(text => Credential.Parse(text, SignatureFault.IncompleteQuery));

    /// <summary>As <see cref="Open"/>, for a request whose query holds the signature.</summary>
    public OpenSignature OpenQuery(SignableRequest request, PresignedQuery query, string service)
    {
        if (request.Headers.Authorization.Count > 0)
        {
            throw new SignatureException(
                SignatureFault.TwoForms,
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string "
                + "parameter or the Authorization header should be specified")
            {
                Elements =
                [
                    new("ArgumentName", "Authorization"),
                    new("ArgumentValue", request.Headers.Authorization.ToString()),
                ],
            };
        }

        var credential = _queryCredentials.Of(query.Credential);
        CheckTime(query, credential.Scope);
        if (credential.Scope.Service != service)
        {
            throw new SignatureException(
                SignatureFault.IncompleteQuery,
                $"Error parsing the X-Amz-Credential parameter; incorrect service \"{credential.Scope.Service}\". "
                + $"This endpoint belongs to \"{service}\".");
        }

        var key = FindKey(credential);
        if (request.Headers.ContainsKey(SecurityToken))
        {
            throw NoSessions();
        }

        var signedHeaders = _signedHeaders.Of(query.SignedHeaders);
        CheckCovered(request.Headers, signedHeaders);
        return new OpenSignature(
            request with { Query = query.SignedQuery }, query.Signature.AsMemory(), signedHeaders, credential, key,
            query.Date);
    }

    private void CheckTime(PresignedQuery query, CredentialScope scope)
    {
        if (!TryParseTimestamp(query.Date, out var signed))
        {
            throw new SignatureException(
                SignatureFault.IncompleteQuery,
                "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        }

        if (!query.Date.StartsWith(scope.Date, StringComparison.Ordinal))
        {
            throw new SignatureException(
                SignatureFault.IncompleteQuery,
                $"Error parsing the X-Amz-Credential parameter; incorrect date \"{scope.Date}\". "
                + $"This date is not the same as X-Amz-Date: \"{query.Date}\".");
        }

        var now = time.GetUtcNow();
        if (signed - now > SkewMax)
        {
            throw new SignatureException(SignatureFault.Expired, "Request is not yet valid");
        }

        if (now - signed > query.Lifetime)
        {
            throw new SignatureException(SignatureFault.Expired, "Request has expired")
            {
                Elements =
                [
                    new("X-Amz-Expires", query.Lifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
                    new("Expires", Iso(signed + query.Lifetime)),
                    new("ServerTime", Iso(now)),
                ],
            };
        }
    }
}

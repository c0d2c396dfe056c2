using System.Text;
using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>POST policies: what is signed is the base64 text of the policy, not the request.</summary>
internal sealed partial class SignatureVerifier
{
    /// <summary>Whose key signed the policy; the policy itself says until when it is good.</summary>
    public AccessKey VerifyPolicy(string policy, string credentialText, string date, string signature, string service)
    {
        var credential = _queryCredentials.Of(credentialText);
        if (credential.Scope.Service != service
            || !TryParseTimestamp(date, out _)
            || !date.StartsWith(credential.Scope.Date, StringComparison.Ordinal))
        {
            throw new SignatureException(
                SignatureFault.IncompleteQuery,
                $"the credential's scope '{credential.Scope}' is not of service {service} and the day of x-amz-date");
        }

        var key = FindKey(credential);
        OpenSignature.Check(
            credential.SigningKey(key),
            Encoding.UTF8.GetBytes(policy),
            signature,
            "the policy's signature does not match: check the secret access key");
        return key;
    }
}
